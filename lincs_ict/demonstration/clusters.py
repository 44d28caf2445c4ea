"""Skills that go together, as posts have them; {part} is what the partner runs.

The first five of a cluster are its core: nearly everybody in such a post has them.
"""

from lincs_ict.demonstration.stacks import STACKS

_CLUSTERS = {
    "desk": """
        Service desk | Incident management | IT troubleshooting
        User account administration | {desk_tool} | Microsoft Active Directory
        Microsoft 365 administration | Microsoft Outlook | Microsoft Teams
        Microsoft Windows 11 | Printer support | Laptop support | Remote control tools
        Multi-factor authentication | Knowledge management | PC hardware repair
        Web browser support | Microsoft Word | Microsoft Excel | Mobile telephony
        Password management | IT training for users | Microsoft OneDrive
        Audio-visual equipment | Assistive technology support
    """,
    "desktop": """
        Microsoft Windows 11 | Microsoft Intune | Group Policy | Patch management
        Desktop imaging | Microsoft Configuration Manager | Windows Autopilot
        Application packaging | BitLocker | PowerShell | Mobile device management
        Microsoft Windows 10 | Apple iOS | Google Android | Laptop support
        Managed print services | Printer support | Software asset management
        Licence management | Microsoft Deployment Toolkit | Microsoft Edge
        Windows Server Update Services | {antivirus} | Video conferencing
        Windows Local Administrator Password Solution
    """,
    "servers": """
        Microsoft Windows Server | Microsoft Active Directory | Group Policy
        {hypervisor} | {backup} | PowerShell | DNS administration
        DHCP administration | File and print services | Patch management
        Windows Server Update Services | Remote Desktop Services | Server hardware
        Certificate services and PKI | Storage area networks | Disaster recovery
        Microsoft Internet Information Services (IIS) | Microsoft Entra ID | RAID
        Windows Server Failover Clustering | Uninterruptible power supplies
        Active Directory Federation Services | Task scheduling | {monitoring}
    """,
    "storage": """
        {backup} | {hypervisor} | Storage area networks | Disaster recovery
        Data recovery | Offsite and immutable backup | Dell EMC storage | RAID | iSCSI
        NetApp ONTAP | HPE 3PAR storage | Tape backup | Network attached storage
        Dell PowerEdge | HPE ProLiant | Data centre operations | Server hardware
        Volume Shadow Copy Service | Business continuity management | Capacity planning
    """,
    "networks": """
        Local area networking | {switches} | {firewall} | Virtual LAN configuration
        Network routing | Wireless networking (Wi-Fi) | Virtual private networking
        TCP/IP | Wide area networking | Firewall administration | Quality of service
        Network monitoring | {monitoring} | IP address management | Wireshark
        Structured cabling | Public Services Network (PSN) connectivity | SNMP | IPsec
        Spanning Tree Protocol | Network access control | Network documentation
        Cisco IOS | Network Time Protocol | Software-defined WAN | Fibre optic cabling
    """,
    "core networks": """
        Network routing | Border Gateway Protocol | Open Shortest Path First
        {switches} | Cisco IOS | Multiprotocol Label Switching | Load balancing
        F5 BIG-IP | IPv6 | Software-defined WAN | Network access control
        Network Policy Server and RADIUS | Packet capture and analysis
        Virtual Router Redundancy Protocol | Quality of service | WAN optimisation
    """,
    "telephony": """
        {telephony} | Voice over IP telephony | Contact centre systems
        Session Initiation Protocol | Mobile telephony | Unified communications
        Video conferencing | Quality of service | Microsoft Teams Phone
        Supplier management | Cisco Webex | Mobile device management
    """,
    "security": """
        Cyber security | {firewall} | Vulnerability management | {antivirus}
        Security incident response | Firewall administration | Cyber Essentials
        IT health check | Phishing awareness training | PSN Code of Connection
        Multi-factor authentication | Email security gateways | Mimecast | Encryption
        Risk assessment (information security) | ISO 27001 | TLS certificates
        Tenable Nessus | Microsoft Sentinel | Security information and event management
        Privileged access management | Data loss prevention | Log analysis
        Web and content filtering | Identity and access management
    """,
    "microsoft 365": """
        Microsoft 365 administration | Microsoft Exchange Online | Microsoft Entra ID
        Microsoft Teams | Microsoft SharePoint | Microsoft OneDrive | PowerShell
        Multi-factor authentication | Microsoft Purview | Microsoft Power Automate
        Microsoft Power Apps | Email administration | Licence management
        Data loss prevention | Power BI | SAML single sign-on
        Identity and access management | Microsoft Intune
    """,
    "cloud": """
        Microsoft Azure | Microsoft Entra ID | Cloud migration | PowerShell
        Azure Virtual Desktop | Azure DevOps | Infrastructure as code
        Cloud cost management | Azure SQL Database | Identity and access management
        OAuth 2.0 and OpenID Connect | Azure Functions | Serverless computing
        Software as a service | Virtual private networking
    """,
    "databases": """
        Microsoft SQL Server | SQL | Transact-SQL | Database administration
        SQL Server Reporting Services | Database performance tuning | Oracle Database
        SQL Server Integration Services | PL/SQL | MySQL | PostgreSQL | Power BI
        SQL Server Always On availability groups | Extract, transform and load
        Data warehousing | SAP Crystal Reports
    """,
    "data": """
        Power BI | Data analysis | SQL | Microsoft Excel | Data visualisation
        Data warehousing | SAP BusinessObjects | SQL Server Reporting Services
        Extract, transform and load | Python | Open data publishing | Safe Software FME
        R (programming language) | Microsoft Power Automate | Tableau
    """,
    "development": """
        C# | .NET | SQL | JavaScript | REST APIs | ASP.NET | HTML | CSS | Git | JSON
        Azure DevOps | Python | XML | Unit testing | TypeScript | Visual Studio Code
        Integration middleware (ESB) | Agile delivery | Transact-SQL | Test automation
    """,
    "web": """
        Content management systems | Web accessibility | HTML | CSS
        Web forms and e-forms | Umbraco | JavaScript | WordPress | Drupal
        Google Analytics | Search engine optimisation | User research | GOV.UK Notify
        Payment systems | Apache HTTP Server | PHP
    """,
    "linux": """
        Linux | Red Hat Enterprise Linux | Bash | Secure Shell (SSH)
        Apache HTTP Server | Ubuntu | NGINX | Apache Tomcat | Python | Ansible | Git
        PostgreSQL | MySQL | Docker | {monitoring} | TLS certificates | Grafana
    """,
    "council systems": """
        {revenues} | {planning} | {documents} | SQL | Systems testing
        Council tax billing | Housing benefit processing | Land charges systems
        Electoral registration systems | Payment systems | Supplier management
        Housing management systems | Release management | Modern.Gov
        Planning and building control systems | NEC M3 (public protection)
        Integration middleware (ESB) | Local Land and Property Gazetteer
    """,
    "county systems": """
        Social care case management | {revenues} | SQL | Systems testing
        Electronic document and records management | Microsoft Dynamics 365
        Payroll systems | iTrent HR and payroll | Supplier management | Modern.Gov
        Business analysis | Customer relationship management | Release management
        Workflow automation | Learning management systems
    """,
    "maps": """
        Geographic information systems | Esri ArcGIS | QGIS | Ordnance Survey data
        Local Land and Property Gazetteer | MapInfo Professional | Safe Software FME
        AutoCAD | SQL | Open data publishing | Python
    """,
    "police systems": """
        Police National Computer | Incident management | Digital forensics | SQL
        Electronic document and records management | Encryption | Systems testing
        Public Services Network (PSN) connectivity | Out-of-hours support
        Supplier management | Mobile device management | Records management
    """,
    "health systems": """
        NHSmail | Health and Social Care Network (HSCN) | SQL | Systems testing
        NHS Data Security and Protection Toolkit | Integration middleware (ESB)
        Information governance | Out-of-hours support | Supplier management | XML
        Identity and access management | Release management
        User account administration
    """,
    "service management": """
        ITIL service management | Service level management | Change management (IT)
        Problem management | Major incident management | {desk_tool}
        Supplier management | Asset management (IT) | Knowledge management
        Configuration management | Availability and capacity management
        Root cause analysis | Service transition | Out-of-hours support
        Software asset management | Contract management
    """,
    "leadership": """
        Supplier management | IT procurement | Contract management
        Business continuity management | Stakeholder management
        Emergency planning for ICT | Project management | ITIL service management
        Benefits realisation | Risk assessment (information security)
        Information governance | Enterprise architecture | Disaster recovery
        Cyber Essentials
    """,
    "projects": """
        Project management | PRINCE2 | Business analysis | Stakeholder management
        Requirements management | Agile delivery | Benefits realisation | Scrum
        Business process modelling | Microsoft Project | Systems testing
        User research | Microsoft Visio
    """,
    "information": """
        Information governance | UK GDPR and data protection | Freedom of information
        Subject access requests | Data Protection Impact Assessment
        Records management | Microsoft Purview | Data loss prevention
        Electronic document and records management | ISO 27001
    """,
}


def cluster(name: str, slug: str) -> list[str]:
    """The skills of a cluster as one partner has them, the core first."""
    text = _CLUSTERS[name].format(**STACKS[slug])
    parts = (part.strip() for line in text.splitlines() for part in line.split("|"))
    return list(dict.fromkeys(part for part in parts if part))


def names() -> list[str]:
    """The names of all clusters."""
    return list(_CLUSTERS)
