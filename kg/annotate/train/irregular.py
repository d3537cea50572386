"""Irregular English verbs: base form, past tense, past participle (the last two alike where one is given)."""

_VERBS = """arise arose arisen; awake awoke awoken; bear bore borne; beat beat beaten; become became become;
befall befell befallen; beget begot begotten; begin began begun; behold beheld; bend bent; beset beset; bet bet;
bid bade bidden; bind bound; bite bit bitten; bleed bled; blow blew blown; break broke broken; breed bred;
bring brought; broadcast broadcast; build built; burst burst; buy bought; cast cast; catch caught;
choose chose chosen; cling clung; come came come; cost cost; creep crept; cut cut; deal dealt; dig dug; do did done;
draw drew drawn; drink drank drunk; drive drove driven; dwell dwelt; eat ate eaten; fall fell fallen; feed fed;
feel felt; fight fought; find found; flee fled; fling flung; fly flew flown; forbid forbade forbidden;
forecast forecast; foresee foresaw foreseen; forget forgot forgotten; forgive forgave forgiven;
forgo forwent forgone; freeze froze frozen; get got gotten; give gave given; go went gone; grind ground;
grow grew grown; hang hung; have had; hear heard; hide hid hidden; hit hit; hold held; hurt hurt; keep kept;
know knew known; lay laid; lead led; leave left; lend lent; let let; lie lay lain; light lit; lose lost; make made;
mean meant; meet met; mislead misled; mistake mistook mistaken; offset offset; outdo outdid outdone;
overcome overcame overcome; overhear overheard; override overrode overridden; oversee oversaw overseen;
overtake overtook overtaken; overthrow overthrew overthrown; partake partook partaken; pay paid; put put; quit quit;
read read; rebuild rebuilt; redo redid redone; ride rode ridden; ring rang rung; rise rose risen; run ran run;
say said; see saw seen; seek sought; sell sold; send sent; set set; sew sewed sewn; shake shook shaken; shed shed;
shine shone; shoot shot; show showed shown; shrink shrank shrunk; shut shut; sing sang sung; sink sank sunk; sit sat;
sleep slept; slide slid; sling slung; slit slit; sow sowed sown; speak spoke spoken; speed sped; spend spent;
spin spun; split split; spread spread; spring sprang sprung; stand stood; steal stole stolen; stick stuck;
sting stung; stink stank stunk; strike struck stricken; string strung; strive strove striven; swear swore sworn;
sweep swept; swell swelled swollen; swim swam swum; swing swung; take took taken; teach taught; tear tore torn;
tell told; think thought; throw threw thrown; thrust thrust; tread trod trodden; undergo underwent undergone;
understand understood; undertake undertook undertaken; undo undid undone; uphold upheld; upset upset; wake woke woken;
wear wore worn; weave wove woven; weep wept; win won; wind wound; withdraw withdrew withdrawn;
withhold withheld; withstand withstood; wring wrung; write wrote written"""


def find_irregular_verbs() -> dict[str, dict[str, str]]:
    """XPOS tag of past forms -> {form: base form}."""
    forms: dict[str, dict[str, str]] = {"VBD": {}, "VBN": {}}
    for entry in _VERBS.split(";"):
        base, past, *participle = entry.split()
        forms["VBD"][past] = base
        forms["VBN"][participle[0] if participle else past] = base
    return forms
