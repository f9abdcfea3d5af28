"""The names of countries and unions: of their people and their governments, too."""

from __future__ import annotations

from dataclasses import dataclass

# One country or union a line. Capitals stand for governments in reports. Behind "~" stand names of what is less, more
# or somebody else, by which a question may still mean the country.
_LINES = """
US|U.S|U.S.|USA|United States|America|American|Americans|Washington
UK|U.K|U.K.|United Kingdom|Britain|British|Great Britain|Briton|Britons|London ~ England|English
EU|E.U|E.U.|European Union|Brussels ~ Europe|European
UN|U.N|U.N.|United Nations
China|Chinese|Beijing|PRC
Russia|Russian|Russians|Moscow|Kremlin
India|Indian|Indians|New Delhi|Delhi
Japan|Japanese|Tokyo
South Korea|South Korean|Seoul
North Korea|North Korean|Pyongyang|DPRK
Taiwan|Taiwanese|Taipei
Ukraine|Ukrainian|Ukrainians|Kyiv|Kiev
Germany|German|Germans|Berlin
France|French|Paris
Italy|Italian|Italians|Rome
Spain|Spanish|Spaniards|Madrid
Poland|Polish|Poles|Warsaw
Sweden|Swedish|Swedes|Stockholm
Finland|Finnish|Finns|Helsinki
Norway|Norwegian|Norwegians|Oslo
Denmark|Danish|Danes|Copenhagen
Turkey|Türkiye|Turkiye|Turkish|Turks|Ankara
Hungary|Hungarian|Hungarians|Budapest
Greece|Greek|Greeks|Athens
Portugal|Portuguese|Lisbon
Netherlands|Dutch ~ Holland|The Hague
Belgium|Belgian|Belgians
Austria|Austrian|Austrians|Vienna
Switzerland|Swiss
Ireland|Irish|Dublin
Iran|Iranian|Iranians|Tehran
Iraq|Iraqi|Iraqis|Baghdad
Israel|Israeli|Israelis ~ Jerusalem
Palestine|Palestinian|Palestinians ~ Gaza|West Bank
Syria|Syrian|Syrians|Damascus
Lebanon|Lebanese|Beirut
Egypt|Egyptian|Egyptians|Cairo
Saudi Arabia|Saudi|Saudis|Riyadh
Qatar|Qatari|Doha
Yemen|Yemeni ~ Houthi|Houthis
Afghanistan|Afghan|Afghans|Kabul ~ Taliban
Pakistan|Pakistani|Pakistanis|Islamabad
Bangladesh|Bangladeshi
Sri Lanka|Sri Lankan
Nepal|Nepali|Nepalese
Myanmar|Burma|Burmese
Thailand|Thai|Thais|Bangkok
Vietnam|Vietnamese|Hanoi
Philippines|Philippine|Filipino|Filipinos|Manila
Indonesia|Indonesian|Indonesians|Jakarta
Malaysia|Malaysian|Kuala Lumpur
Singapore|Singaporean
Cambodia|Cambodian
Australia|Australian|Australians|Canberra
New Zealand|New Zealander|Wellington
Canada|Canadian|Canadians|Ottawa
Mexico|Mexican|Mexicans
Brazil|Brazilian|Brazilians
Argentina|Argentine|Argentinian
Chile|Chilean
Colombia|Colombian
Venezuela|Venezuelan|Caracas
Cuba|Cuban|Cubans|Havana
Peru|Peruvian
South Africa|South African|Pretoria
Nigeria|Nigerian
Kenya|Kenyan|Nairobi
Ethiopia|Ethiopian
Sudan|Sudanese|Khartoum
Somalia|Somali
Libya|Libyan
Morocco|Moroccan
Algeria|Algerian
Tunisia|Tunisian
Belarus|Belarusian|Minsk
Georgia|Georgian
Armenia|Armenian
Azerbaijan|Azerbaijani|Azeri|Baku
Kazakhstan|Kazakh
Romania|Romanian
Bulgaria|Bulgarian
Serbia|Serbian|Serbs|Belgrade
Croatia|Croatian
Estonia|Estonian|Tallinn
Latvia|Latvian
Lithuania|Lithuanian|Vilnius
Czech Republic|Czech|Czechia|Prague
Slovakia|Slovak
Iceland|Icelandic
"""


@dataclass(frozen=True, slots=True)
class Country:
    """A country or union: the names that say it, the first one for short, and those by which it may be meant."""

    names: tuple[str, ...]
    loosely: tuple[str, ...] = ()


def _country(line: str) -> Country:
    names, _, loosely = line.partition(" ~ ")
    return Country(tuple(names.split("|")), tuple(filter(None, loosely.split("|"))))


COUNTRIES = tuple(_country(line) for line in _LINES.split("\n") if line)
"""Each of them once."""
