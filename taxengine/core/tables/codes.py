# Source: this project; held to the code by a test. 2026-11-22.
"""Codes: every problem by its code, with the exit code, when it arises, and what to do."""

from __future__ import annotations

from typing import NamedTuple


class Code(NamedTuple):
    """A stable code of a problem."""

    code: str
    exit_code: int
    when: str
    remedy: str


CODES = (
    Code(
        "invalidNumber", 3, "a number is not written plainly", "write digits, a point and up to 12 decimals"
    ),
    Code("invalidType", 3, "a value is of another kind, a float for an amount say", "pass the kind named"),
    Code("invalidValue", 3, "a value is none of those allowed", "use one of those named"),
    Code(
        "invalidText", 3, "a text is empty, too long, or holds NUL or a lone surrogate", "shorten or clean it"
    ),
    Code("invalidDate", 3, "a date is not written YYYY-MM-DD, or has a time", "write 2026-03-01"),
    Code("invalidPostalCode", 3, "a postal code or pattern holds a character that none has", "correct it"),
    Code("invalidTaxId", 3, "a VAT id is not written as its member state writes them", "correct it"),
    Code("unknownCountry", 3, "a country is no ISO 3166-1 code", "use the two letters, such as DE"),
    Code(
        "unknownCurrency", 3, "a currency is no ISO 4217 code of money", "use the three letters, such as EUR"
    ),
    Code(
        "unknownPreset", 3, "a policy's name is no preset's", "use one of those named, or spell the axes out"
    ),
    Code("missingField", 3, "a field that is needed is not there", "add it"),
    Code(
        "unknownField", 3, "a field is not known at its place", "correct its name; free data goes into meta"
    ),
    Code("duplicateKey", 3, "an object names a field twice", "keep one"),
    Code("duplicateId", 3, "an id occurs twice", "give each its own"),
    Code("conflictingFields", 3, "two fields exclude each other", "keep one"),
    Code("invalidJson", 3, "a document is no JSON", "correct it at the line and column named"),
    Code("invalidCsv", 3, "a CSV file cannot be read", "correct it at the line named"),
    Code("emptyDocument", 3, "a document or file is empty", "check how it was written"),
    Code("documentTooLarge", 3, "a document is larger than the limit", "split it"),
    Code("documentTooDeep", 3, "a document is nested deeper than the limit", "flatten it"),
    Code("unknownFormat", 3, "a document's format is a number that this version does not know", "upgrade"),
    Code("percentageDisagrees", 3, "percentage and percentageDecimal differ", "300 basis points are 0.03"),
    Code("percentageAbove100", 3, "a percentage exceeds 100 %", "write 0.19 for 19 %, or set allowAbove100"),
    Code(
        "invalidRateSet", 3, "a set of rates has no answer, or a rate contradicts itself", "correct the rate"
    ),
    Code("compoundCycle", 3, "rates are charged on top of each other in a circle", "correct compoundOn"),
    Code(
        "overlappingVersions", 3, "two versions of one rate hold on one day", "end one where the next begins"
    ),
    Code("reversedDates", 3, "validUntil is not after validFrom", "swap or correct them"),
    Code(
        "bracketsWithoutUnit", 3, "brackets on what has no unit: a discount, a charge", "put it on its line"
    ),
    Code("noSoleBracket", 3, "no bracket gives an inclusive price, or several do", "state it without tax"),
    Code("spreadOverZero", 3, "an amount is to be spread over lines that add up to zero", "tax it by itself"),
    Code("amountTooLarge", 3, "an amount exceeds 10^15 major units", "check quantity and price"),
    Code("paymentTooFine", 3, "a payment is finer than the currency's minor unit", "round it"),
    Code(
        "equalHalves",
        3,
        "CGST and SGST differ, or their level may part them",
        "make both equal; round at line",
    ),
    Code("unknownLine", 3, "a refund asks for a line that the invoice does not have", "name one of its ids"),
    Code("refundTooMuch", 3, "more is to be refunded than is left", "ask for what is left, or less"),
    Code("sealBroken", 3, "a sealed result is not as it was sealed, or is none", "look for it in a backup"),
    Code("sealKeyNeeded", 3, "a result was sealed with a key, and none is given", "pass the key"),
    Code(
        "unexpectedSeal",
        3,
        "a key is given, and the result was sealed without one",
        "read it without a key if that is meant",
    ),
    Code(
        "unknownRules",
        3,
        "a result was sealed under rules that this engine does not have",
        "replay it with the release that sealed it",
    ),
    Code(
        "replayDiffers",
        3,
        "a sealed result comes out otherwise when it is computed again",
        "report it with the document, if its seal was made by `seal`",
    ),
    Code(
        "partyTakenOut",
        3,
        "the place of supply would rest on tax ids that were taken out",
        "recalculate the document that has its party block",
    ),
    Code("unknownPack", 3, "no pack has that name", "name one of those that ship"),
    Code("packChanged", 3, "a pack's file is not the one that was published", "install taxengine again"),
    Code("missingRate", 4, "no rate matches a line", "add the rate named, or say that none applies"),
    Code(
        "missingTaxCategory", 4, "a line has neither a tax category nor rates", "give the product a category"
    ),
    Code("missingAddress", 4, "no address says where a line is taxed", "add the address named"),
    Code(
        "missingTaxBehavior",
        4,
        "a rate leaves it to the line whether its price holds the tax",
        "state taxBehavior",
    ),
    Code("ambiguousRates", 4, "two rates claim a line and nothing says which", "add the rate that says both"),
    Code("unknownRate", 4, "a line names a rate that is not in the table", "correct the id, or add the rate"),
    Code("inactiveRate", 4, "a line names a rate that is not active", "name another, or activate it"),
    Code(
        "rateNotInForce", 4, "a line names a rate that does not hold on the tax date", "name the one in force"
    ),
    Code(
        "rateCurrency",
        4,
        "a rate's fixed amount or brackets are in another currency",
        "add the rate in that of the invoice",
    ),
    Code(
        "placeOfSupplyNeeded",
        4,
        "a sale across a border of the EU needs something more to say who taxes it",
        "state what the hint names: kind, a registration, a tax id",
    ),
    Code("providerUnavailable", 5, "a provider did not answer in time", "try again later"),
    Code("providerRefused", 5, "a provider cannot or will not answer this", "change the field named"),
    Code("notConnected", 5, "no provider of that name is installed or connected", "install or connect it"),
    Code("providerProtocolError", 5, "a provider answered what it should not", "report it to the provider"),
    Code(
        "statedAmountMismatch",
        5,
        "an amount a provider stated does not fit its own rate",
        "report it to the provider",
    ),
    Code("missingExtra", 2, "a feature's packages are not installed", "run the pip command named"),
    Code(
        "invariantBroken", 1, "a result does not add up: a bug; it is withheld", "report it with the document"
    ),
)

EXIT_CODES = {one.code: one.exit_code for one in CODES}
