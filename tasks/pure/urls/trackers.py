"""Knows tracking parameters: query parameters that never choose the page."""

import re

_WORDS = """
_branch_match_id _branch_referrer _ga _gl _hsenc _hsmi _kx _openstat __hsfp __hssc __hstc __s
__twitter_impression action_object_map action_ref_map action_type_map at_bbc_team at_campaign
at_campaign_type at_custom1 at_custom2 at_custom3 at_custom4 at_format at_link_id at_link_origin
at_link_type at_medium at_ptr_name ceneo_spo cmpid dclid echobox epik fb_action_ids fb_action_types
fb_ref fb_source fbclid ga_campaign ga_content ga_medium ga_place ga_source ga_term gbraid gclid
gclsrc gs_l guccounter guce_referrer guce_referrer_sig hmb_campaign hmb_medium hmb_source
hsctatracking igsh igshid irclickid irgwc li_fat_id mc_cid mc_eid mkt_tok msclkid ns_campaign ns_fee
ns_linkname ns_mchannel ns_source ocid oly_anon_id oly_enc_id os_ehash pk_campaign pk_cid pk_content
pk_keyword pk_kwd pk_medium pk_source piwik_campaign piwik_keyword piwik_kwd rb_clickid s_cid
smid spm sr_share srsltid tracking_source ttclid twclid vero_conv vero_id wbraid wickedid wprov
wtrid xtor yclid ysclid
"""
NAMES = frozenset(_WORDS.split())
FAMILIES = re.compile(r"(?:utm|mtm)(?:_\w*)?|otm_\w*|hsa_\w+|matomo_\w+|itm_\w+|vn(?:_[a-z]+)+|wt_?z?mc|[a-z]?mc")
"""Names and families of ClearURLs' global rules (facts, not its text), and click ids that advertising
networks, mail senders and analytics document themselves. Referral names such as `ref` and `source`
are left alone: on some sites they choose the page."""


def is_tracker(name: str) -> bool:
    """Whether the parameter of that name may be dropped without changing the page; case does not matter.
    A `%3F` or `?` before the name, left by a link that was joined badly, is looked through."""
    word = name.lower().removeprefix("%3f").removeprefix("?")
    return word in NAMES or FAMILIES.fullmatch(word) is not None
