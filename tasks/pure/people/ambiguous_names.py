"""Tells people whose name is a common word (Bill Press, Simon Read) from desks, outlets and buttons of such words."""

import re
from collections.abc import Callable

_FIRST = frozenset(["antara", "efe", "sid", "xing", "xinhua"])
"""Words of agencies and buttons that are also given names."""
_LAST = """
alle bloomberg canal comment cookie daily follow getty guest home mehr more null post press presse read ritzau service
share tass view weekly welle writer
"""
_SURNAMES = _FIRST.union(_LAST.split())
"""Words of desks, agencies, outlets and buttons that are also surnames, behind another name."""
_BESIDE = """
abc abend about account accueil affairs african agencia agency al all america american and arab articles asia asian
associated association audio australian auteur author autor baltic bangkok baptist bay bbc beach beast best big
birmingham blog board boston bottom breaking bristol britain british bulletin bureau business by caller canadian
cape capital catholic cbs center central centre charleston china christian city click cnn coast code community
company contact content contributor corporation council country county cover culture custom daily das de deep denver
der desk detroit deutsche deutschen deutscher dhaka die digest digital direct east eastern easy editor english
europa european evening exclusive express extra fast fayetteville featured federal feed final financial find first
following fox france free freie french front full gast gastautor gastbeitrag general german global gold good
government great group guardian guest hong houston huffington idea image images india indian info inside instant
inter international internet invitado invited irish islands italian italy jakarta japan jerusalem jewish jump
kathmandu kong korea korean kurz la lancashire lang last late latest latin latina le learn letter library life list
little live liverpool local london long lot lots magazine mail main manila march market maverick medium mein middle
minute minutes mirror mobile monday money month morning most motion much must my nation national nbc net network
never new news next no north northern nottingham now of office official on one online only open opinion page palm
paper partner penh people people's peoples phnom photo photos picture pictures play plus podcast political popular
posted premium previous print private product public quick radio record related release report reporter reporting
republic review room royal russian samstag san saturday school science scottish secret section see series short show
side signal site sky social sonntag sources south southern special specials sport sports staff star state states
statesman story street sun sunday super sur swiss syndicate system tech telegraph the this thursday time times to
today tokyo top trust turkish twitter ukraine ukrainian union united universal university unser up us user video vip
visitor voice washington web website wednesday week weekend welsh west western what wire wochen wochenend woman
women world write writer writers york yorkshire you young your youth
"""
_COMPANIONS = _SURNAMES.union(_BESIDE.split())
"""Words that stand beside these in names of outlets, desks and buttons: Associated Press, Long Read, Guest Author."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_WORDS_AT_MOST = 4


def without_surnames(name: str) -> str:
    """The name without the words that may be part of a person's: given names, and surnames that are not its first."""
    return _WORD.sub(lambda found: "" if _may_be_name(found[0], bool(found.start())) else found[0], name)


def _may_be_name(word: str, is_behind: bool) -> bool:
    return word.lower() in (_SURNAMES if is_behind else _FIRST)


def has_own_word(name: str, is_site: Callable[[str], bool]) -> bool:
    """Whether two to four words, one of them neither a common word of outlets, desks and buttons nor the outlet's own
    name: that word makes `Sarah Post` a person, and `Guest Post` has none."""
    own = (word for word in _WORD.findall(name) if word.lower() not in _COMPANIONS and not is_site(word))
    return 2 <= len(name.split()) <= _WORDS_AT_MOST and any(len(word) > 1 for word in own)
