"""Countries: other ways to write their names, and the adjectives made from them. Keys as `name_key` writes them."""

from __future__ import annotations

COUNTRY_ALIASES = {
    "us": "united state", "usa": "united state", "united state america": "united state", "america": "united state",
    "uk": "united kingdom", "britain": "united kingdom", "great britain": "united kingdom", "un": "united nation",
    "eu": "european union", "uae": "united arab emirate", "kyiv": "kyiv", "kiev": "kyiv", "holland": "netherland",
    "nato": "nato", "burma": "myanmar", "prc": "china", "drc": "congo",
}  # fmt: skip

_PAIRS = """
afghanistan:afghan albania:albanian algeria:algerian angola:angolan argentina:argentine,argentinian armenia:armenian
australia:australian,aussie austria:austrian azerbaijan:azerbaijani,azeri bahrain:bahraini bangladesh:bangladeshi
belarus:belarusian,belarussian belgium:belgian bolivia:bolivian bosnia:bosnian brazil:brazilian bulgaria:bulgarian
cambodia:cambodian cameroon:cameroonian canada:canadian chad:chadian chile:chilean china:chinese
colombia:colombian croatia:croatian,croat cuba:cuban cyprus:cypriot czechia:czech denmark:danish,dane ecuador:ecuadorian
egypt:egyptian england:english,englishman eritrea:eritrean estonia:estonian ethiopia:ethiopian finland:finnish,finn
france:french,frenchman georgia:georgian germany:german ghana:ghanaian greece:greek guatemala:guatemalan haiti:haitian
honduras:honduran hungary:hungarian iceland:icelandic india:indian indonesia:indonesian iran:iranian iraq:iraqi
ireland:irish,irishman israel:israeli italy:italian jamaica:jamaican japan:japanese jordan:jordanian
kazakhstan:kazakh kenya:kenyan kosovo:kosovan,kosovar kuwait:kuwaiti kyrgyzstan:kyrgyz laos:laotian latvia:latvian
lebanon:lebanese liberia:liberian libya:libyan lithuania:lithuanian macedonia:macedonian malaysia:malaysian
mali:malian malta:maltese mexico:mexican moldova:moldovan mongolia:mongolian morocco:moroccan mozambique:mozambican
myanmar:burmese namibia:namibian nepal:nepali,nepalese netherland:dutch,dutchman nicaragua:nicaraguan niger:nigerien
nigeria:nigerian norway:norwegian oman:omani pakistan:pakistani palestine:palestinian panama:panamanian
paraguay:paraguayan peru:peruvian philippine:philippine,filipino poland:polish,pole portugal:portuguese qatar:qatari
romania:romanian russia:russian rwanda:rwandan scotland:scottish,scot senegal:senegalese serbia:serbian,serb
singapore:singaporean slovakia:slovak,slovakian slovenia:slovenian somalia:somali spain:spanish,spaniard
sudan:sudanese sweden:swedish,swede switzerland:swiss syria:syrian taiwan:taiwanese tajikistan:tajik
tanzania:tanzanian thailand:thai tunisia:tunisian turkey:turkish,turk turkmenistan:turkmen uganda:ugandan
ukraine:ukrainian uruguay:uruguayan uzbekistan:uzbek venezuela:venezuelan vietnam:vietnamese wale:welsh yemen:yemeni
zambia:zambian zimbabwe:zimbabwean europe:european africa:african asia:asian
"""
DEMONYMS: dict[str, str] = {
    demonym: country
    for pair in _PAIRS.split()
    for country, _, demonyms in [pair.partition(":")]
    for demonym in demonyms.split(",")
} | {"american": "united state", "british": "united kingdom", "briton": "united kingdom",
     "emirati": "united arab emirate",
     "saudi": "saudi arabia", "south korean": "south korea", "north korean": "north korea"}  # fmt: skip
