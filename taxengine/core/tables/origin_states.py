# Source: lists of origin states (support.taxcloud.com, help.avalara.com), read 2026-11-22; laws not compared.
"""Origin states: the states of the US where a sale within the state is taxed where it comes from."""

from __future__ import annotations

ORIGIN_STATES: dict[str, str] = {
    "AZ": "Arizona Revised Statutes § 42-5040",
    "IL": "86 Illinois Administrative Code 220.115",
    "MO": "Revised Statutes of Missouri § 32.087",
    "MS": "Mississippi Department of Revenue, sales tax guidance",
    "OH": "Ohio Revised Code § 5739.033",
    "PA": "61 Pennsylvania Code § 60.16",
    "TN": "Tennessee Code § 67-6-702",
    "TX": "Texas Tax Code § 321.203",
    "UT": "Utah Code § 59-12-211",
    "VA": "Code of Virginia § 58.1-605",
}
"""State: what says so. New Mexico has left them (2021-07-01, House Bill 6 of 2019).

California is none: the state's, county's and city's tax is the same 7.25 % in the whole state (Revenue and
Taxation Code §§ 6051, 7202), so that its allocation to the origin changes no invoice; what differs, the
tax of the districts, is that of the destination (18 California Code of Regulations § 1823).
"""
