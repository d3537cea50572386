"""Abbreviations of academic and official English, by what a full stop after them may mean.

All are given without the last full stop and compared in lower case.
"""


def _to_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Something always follows: the full stop after these never ends a sentence.
NEVER_LAST = _to_set(
    """e.g eg i.e ie cf viz vs v.s resp incl excl approx ca c.f aka a.k.a esp
    mr mrs ms messrs dr prof profs rev hon gen col lt sgt capt gov sen rep pres supt fr mt
    assoc asst dept ft attn p.s n.b s.t w.r.t"""
)
#: Ends no sentence when a number, a letter or a bracket follows ("Fig. 3", "No. 12/2019", "Art. IV").
BEFORE_NUMBER = _to_set(
    """fig figs eq eqs eqn eqns sect sects sec secs ch chs chap chaps tab tabs tbl ref refs app appx no nos nr vol vols
    p pp c para paras par art arts cl subsect subpara ver v n nn para alg algs def defs thm lem cor prop props
    ex exs exh ser iss suppl ann reg regs dir rec recs ln ll col cols pt pts st stat ext sc
    jan feb mar apr jun jul aug sep sept oct nov dec"""
)
#: Ends a sentence only when a word that commonly opens one follows ("Acme Inc. The ..." but "Acme Inc. Report").
BEFORE_OPENER = _to_set(
    """u.s u.k u.n e.u u.s.a u.a.e p.r.c d.c n.y inc ltd co corp llc plc gmbh bros jr sr ph.d phd m.a b.a m.sc b.sc
    m.d ll.m ed eds trans repr univ inst acad assn intl natl int'l nat'l govt dept min comm dist blvd ave rd bldg est
    a.m p.m b.c a.d hrs hr mins sec max min avg std dev temp orig
    mon tue tues wed thu thur thurs fri sat sun"""
)
#: Words that open sentences and hardly ever stand inside a name.
OPENERS = _to_set(
    """a an the this that these those it its he she we they you i his her our their there here in on at for from by with
    without within as if when while where since because although though unless until before after during despite
    through throughout under among between both each every all some many most few several such other another
    however moreover furthermore therefore thus hence nevertheless nonetheless meanwhile finally first second third
    firstly secondly thirdly lastly next then additionally consequently accordingly similarly likewise instead
    overall indeed also but and or so yet not no what which who how why whether according based given using to of
    one two three while once only even still rather in particular figure table section"""
)
