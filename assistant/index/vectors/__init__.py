"""The copy of the vectors in Chroma: held by a process of its own, proved before it answers; `index.VectorIndex`."""
