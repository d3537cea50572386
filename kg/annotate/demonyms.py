"""Adjectives of places: what a text calls the things of a country."""

from types import MappingProxyType

_TABLE = """Afghanistan Afghan; Albania Albanian; Algeria Algerian; Argentina Argentine Argentinian; Armenia Armenian;
Australia Australian; Austria Austrian; Azerbaijan Azerbaijani; Bahrain Bahraini; Bangladesh Bangladeshi;
Belarus Belarusian; Belgium Belgian; Bolivia Bolivian; Botswana Botswanan; Brazil Brazilian; Bulgaria Bulgarian;
Cambodia Cambodian; Cameroon Cameroonian; Canada Canadian; Catalonia Catalan; Chile Chilean; China Chinese;
Colombia Colombian; Costa_Rica Costa_Rican; Croatia Croatian; Cuba Cuban; Cyprus Cypriot; Czech_Republic Czech;
Czechia Czech; Denmark Danish; Dominican_Republic Dominican; Ecuador Ecuadorian; Egypt Egyptian; England English;
Estonia Estonian; Ethiopia Ethiopian; Europe European; European_Union European; Finland Finnish; France French;
Georgia Georgian; Germany German; Ghana Ghanaian; Greece Greek; Hungary Hungarian; Iceland Icelandic; India Indian;
Indonesia Indonesian; Iran Iranian; Iraq Iraqi; Ireland Irish; Israel Israeli; Italy Italian; Japan Japanese;
Jordan Jordanian; Kazakhstan Kazakh Kazakhstani; Kenya Kenyan; Korea Korean; Kuwait Kuwaiti; Kyrgyzstan Kyrgyz;
Laos Lao Laotian; Latvia Latvian; Lebanon Lebanese; Lithuania Lithuanian; Luxembourg Luxembourgish;
Malaysia Malaysian; Malta Maltese; Mexico Mexican; Moldova Moldovan; Mongolia Mongolian; Morocco Moroccan;
Mozambique Mozambican; Myanmar Burmese; Namibia Namibian; Nepal Nepalese Nepali; Netherlands Dutch;
New_Zealand New_Zealander; Nigeria Nigerian; North_Macedonia Macedonian; Norway Norwegian; Oman Omani;
Pakistan Pakistani; Palestine Palestinian; Panama Panamanian; Paraguay Paraguayan; Peru Peruvian;
Philippines Filipino Philippine; Poland Polish; Portugal Portuguese; Qatar Qatari; Romania Romanian; Russia Russian;
Rwanda Rwandan; Saudi_Arabia Saudi Saudi_Arabian; Scotland Scottish; Senegal Senegalese; Serbia Serbian;
Singapore Singaporean; Slovakia Slovak; Slovenia Slovenian Slovene; Somalia Somali; South_Africa South_African;
South_Korea Korean South_Korean; Spain Spanish; Sri_Lanka Sri_Lankan; Sudan Sudanese; Sweden Swedish;
Switzerland Swiss; Syria Syrian; Taiwan Taiwanese; Tanzania Tanzanian; Thailand Thai; Tunisia Tunisian;
Turkey Turkish; Türkiye Turkish; Uganda Ugandan; Ukraine Ukrainian; United_Arab_Emirates Emirati;
United_Kingdom British; United_States American; Uruguay Uruguayan; Uzbekistan Uzbek; Venezuela Venezuelan;
Vietnam Vietnamese; Viet_Nam Vietnamese; Wales Welsh; Yemen Yemeni; Zambia Zambian; Zimbabwe Zimbabwean"""

#: Name of a place -> adjectives and names of its people.
DEMONYMS: MappingProxyType[str, tuple[str, ...]] = MappingProxyType(
    {
        words[0].replace("_", " "): tuple(word.replace("_", " ") for word in words[1:])
        for words in (entry.split() for entry in _TABLE.split(";"))
    }
)
