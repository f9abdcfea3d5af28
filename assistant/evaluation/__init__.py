"""Golden cases -> a report with a verdict: metrics, runner, baseline, report, pytest plugin."""
