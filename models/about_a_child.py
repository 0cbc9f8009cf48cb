"""What is asked of a child beside its name and day, in codes that an authority's returns can be made from.

Nobody has to know any of it to tell the hub about a child: what is not known is left out of the record.
"""

from enum import StrEnum


class Sex(StrEnum):
    """As it is registered at birth. Of an unborn child it is mostly not known."""

    FEMALE = "female"
    MALE = "male"


class Ethnicity(StrEnum):
    """The groups of the census and of the children's social care returns. `NOT_SAID` is an answer the family gave."""

    WHITE_BRITISH = "white_british"
    WHITE_IRISH = "white_irish"
    GYPSY_OR_ROMA = "gypsy_or_roma"
    IRISH_TRAVELLER = "irish_traveller"
    WHITE_OTHER = "white_other"
    WHITE_AND_BLACK_CARIBBEAN = "white_and_black_caribbean"
    WHITE_AND_BLACK_AFRICAN = "white_and_black_african"
    WHITE_AND_ASIAN = "white_and_asian"
    MIXED_OTHER = "mixed_other"
    INDIAN = "indian"
    PAKISTANI = "pakistani"
    BANGLADESHI = "bangladeshi"
    CHINESE = "chinese"
    ASIAN_OTHER = "asian_other"
    BLACK_AFRICAN = "black_african"
    BLACK_CARIBBEAN = "black_caribbean"
    BLACK_OTHER = "black_other"
    OTHER = "other"
    NOT_SAID = "not_said"

    @property
    def label(self) -> str:
        """How a form and a page name it."""
        return _GROUPS[self]


_GROUPS = {
    Ethnicity.WHITE_BRITISH: "White: English, Welsh, Scottish, Northern Irish or British",
    Ethnicity.WHITE_IRISH: "White: Irish",
    Ethnicity.GYPSY_OR_ROMA: "White: Gypsy or Roma",
    Ethnicity.IRISH_TRAVELLER: "White: Traveller of Irish heritage",
    Ethnicity.WHITE_OTHER: "White: any other background",
    Ethnicity.WHITE_AND_BLACK_CARIBBEAN: "Mixed: White and Black Caribbean",
    Ethnicity.WHITE_AND_BLACK_AFRICAN: "Mixed: White and Black African",
    Ethnicity.WHITE_AND_ASIAN: "Mixed: White and Asian",
    Ethnicity.MIXED_OTHER: "Mixed: any other background",
    Ethnicity.INDIAN: "Asian: Indian",
    Ethnicity.PAKISTANI: "Asian: Pakistani",
    Ethnicity.BANGLADESHI: "Asian: Bangladeshi",
    Ethnicity.CHINESE: "Asian: Chinese",
    Ethnicity.ASIAN_OTHER: "Asian: any other background",
    Ethnicity.BLACK_AFRICAN: "Black: African",
    Ethnicity.BLACK_CARIBBEAN: "Black: Caribbean",
    Ethnicity.BLACK_OTHER: "Black: any other background",
    Ethnicity.OTHER: "Any other group",
    Ethnicity.NOT_SAID: "The family does not want to say",
}


class Disability(StrEnum):
    """What a child's disability bears on. `NONE` is an answer, and says that somebody looked."""

    NONE = "none"
    MOBILITY = "mobility"
    HAND_FUNCTION = "hand_function"
    PERSONAL_CARE = "personal_care"
    CONTINENCE = "continence"
    COMMUNICATION = "communication"
    LEARNING = "learning"
    HEARING = "hearing"
    VISION = "vision"
    BEHAVIOUR = "behaviour"
    CONSCIOUSNESS = "consciousness"
    AUTISM = "autism"
    OTHER = "other"
