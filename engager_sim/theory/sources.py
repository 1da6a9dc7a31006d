"""The studies that declared parameters cite, each with how it was read.

Marks: *seen* in the source's own text (abstract or official page); *second-hand*, read in another
source; *remembered*, to be checked before it is relied on.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A cited source: who and when, how it was read, and where to find it."""

    citation: str
    mark: str
    locator: str = ""


SOURCES: dict[str, Source] = {
    "structure of the model": Source("A choice of this model, not a finding", "assumption"),
    "Lennox 2021": Source("Lennox et al. (2021), Health & Justice 9:6 (abstract and Table 1)",
        "seen", "doi:10.1186/s40352-021-00131-z"),
    "Byng 2022": Source("Byng et al. (2022), British Journal of Psychiatry",
        "seen", "doi:10.1192/bjp.2022.93"),
    "Byng 2019": Source("Byng et al. (2019), trial abstract, Society for Academic Primary Care",
        "seen"),
    "Hunter 2021": Source("Hunter et al. (2021), European Journal of Health Economics",
        "seen", "doi:10.1007/s10198-021-01360-7"),
    "Engager pilot": Source("Engager pilot trial, Pilot and Feasibility Studies (2017)",
        "seen", "doi:10.1186/s40814-017-0163-6"),
    "PHE 2018": Source("Public Health England (2018), treatment within three weeks of release; "
        "later figures from a review of the drug strategy", "second-hand"),
    "MoJ reoffending": Source(
        "Ministry of Justice 2013/14 proven reoffending, as reported by Full Fact", "second-hand"),
    "NZ Corrections": Source(
        "New Zealand Department of Corrections, reimprisonment over four years", "seen"),
    "SPCR": Source("Brunton-Smith & Hopkins, Surveying Prisoner Crime Reduction (association, not "
        "effect)", "seen"),
    "MoJ housing": Source("Ministry of Justice 2023/24, accommodation on the first night and "
        "after three months", "seen"),
    "MoJ recall": Source(
        "Ministry of Justice parliamentary answer 2016/17, reasons for fixed-term recall", "seen"),
    "COCOA 2012": Source("COCOA study (2012), needs of released prisoners", "seen"),
    "Staff leaving rates": Source("Leaving rates of probation and mental health staff: Ministry "
        "of Justice; Health Foundation; NHS England via a forum", "second-hand"),
    "HMI Probation 2021": Source("HM Inspectorate of Probation, bulletin 2021/02", "seen"),
    "Wiktorowicz 2010": Source("Wiktorowicz et al. (2010), mental health networks", "seen"),
    "Connell 2007": Source("Connell et al. (2007), CORE-OM clinical cut-off", "seen"),
    "Sturm 2022": Source("Sturm et al. (2022), trust in probation", "seen"),
    "Sturm 2021": Source("Sturm et al. (2021), trust in the probation officer and recidivism",
        "second-hand"),
    "White 2020": Source("White et al. (2020), one-to-one peer support, 19 trials (n = 3,329)",
        "seen"),
    "Delgadillo 2018": Source("Delgadillo et al. (2018), therapist effects", "seen"),
    "Stiles 2015": Source("Stiles et al. (2015), planned endings and dose in primary care "
        "counselling (n = 26,430)", "seen"),
    "Eubanks 2018": Source("Eubanks et al. (2018), rupture repair", "second-hand"),
}  # fmt: skip
"""Every key a declaration may cite besides ``"assumption"``."""
