from .absence import Absence
from .anonymisation import Anonymisation
from .appointment import Appointment
from .correction import CorrectionRequest
from .delivery import Delivery
from .disclosure import Disclosure
from .holiday import BankHoliday
from .identity_provider import IdentityProvider
from .invitation import Invitation
from .job import Job
from .partner import Partner, Site
from .reminder import Reminder
from .second_factor_reset import SecondFactorReset
from .staff import StaffMember
from .transfer import Transfer
from .user import User
from .versioned import Versioned, recorded
from .working_day import Weekday, WorkingDay

__all__ = [
    "Absence",
    "Anonymisation",
    "Appointment",
    "BankHoliday",
    "CorrectionRequest",
    "Delivery",
    "Disclosure",
    "Versioned",
    "IdentityProvider",
    "Invitation",
    "Job",
    "Partner",
    "Reminder",
    "SecondFactorReset",
    "Site",
    "StaffMember",
    "Transfer",
    "User",
    "Weekday",
    "WorkingDay",
    "recorded",
]
