"""Invented list files in every form that is understood."""

UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-09-12T23:00:05.988Z">
<INDIVIDUALS>
<INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>IGOR</FIRST_NAME><SECOND_NAME>INVENTED</SECOND_NAME><THIRD_NAME/>
<UN_LIST_TYPE>Nowhere</UN_LIST_TYPE><REFERENCE_NUMBER>XXi.001</REFERENCE_NUMBER><LISTED_ON>2016-08-14</LISTED_ON>
<NAME_ORIGINAL_SCRIPT>Игорь Выдуманный</NAME_ORIGINAL_SCRIPT><NATIONALITY><VALUE>Ruritania</VALUE></NATIONALITY>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Igor the Second</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>750123456</NUMBER></INDIVIDUAL_DOCUMENT>
</INDIVIDUAL></INDIVIDUALS>
<ENTITIES><ENTITY><DATAID>2</DATAID><FIRST_NAME>BLACKMERE SHIPPING</FIRST_NAME>
<ENTITY_ALIAS><ALIAS_NAME>Blackmere Line</ALIAS_NAME></ENTITY_ALIAS>
<ENTITY_ADDRESS><COUNTRY>Ruritania</COUNTRY></ENTITY_ADDRESS></ENTITY>
<ENTITY><DATAID>3</DATAID></ENTITY></ENTITIES>
</CONSOLIDATED_LIST>
"""
EU = """<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-07-31T18:40:51.758+02:00">
<sanctionEntity euReferenceNumber="EU.0.01" logicalId="201">
<regulation programme="NOW" numberTitle="2026/1 (OJ L1)" entryIntoForceDate="2026-01-03" publicationDate="2026-01-02"/>
<subjectType code="enterprise" classificationCode="E"/>
<nameAlias wholeName="Vexmoor Trading House" strong="true"/>
<nameAlias firstName="Vexmoor" lastName="Trade" wholeName=""/>
<identification number="7701234567" identificationTypeCode="fiscalcode"/>
<address countryIso2Code="RU"/></sanctionEntity>
</export>
"""
OFAC = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="https://example.org/exports/XML">
<publshInformation><Publish_Date>08/07/2026</Publish_Date><Record_Count>1</Record_Count></publshInformation>
<sdnEntry><uid>100</uid><lastName>KURGALSK PRECISION WORKS</lastName><sdnType>Entity</sdnType>
<programList><program>NOWHERE-1</program><program>NOWHERE-2</program></programList>
<idList><id><uid>1</uid><idType>Gender</idType><idNumber>Male</idNumber></id>
<id><uid>2</uid><idType>Tax ID No.</idType><idNumber>7701234567</idNumber><idCountry>Russia</idCountry></id></idList>
<akaList><aka><uid>3</uid><type>a.k.a.</type><lastName>KPW</lastName></aka></akaList>
<addressList><address><uid>4</uid><country>Russia</country></address></addressList></sdnEntry>
</sdnList>
"""
OPENSANCTIONS = (
    '"id","schema","name","aliases","birth_date","countries","addresses","identifiers","sanctions","phones","emails",'
    '"dataset","first_seen","last_seen","last_change"\n'
    '"in-1","Company","Chernograd Metall","Chernograd;""Zavod; Chernograd""","","ru;tr","","7701234567;1027700000001",'
    '"Regulation 1","","","Invented list","2026-01-02T10:00:00","2026-03-04T10:00:00","2026-03-04"\n'
)
OWN = (
    "tür;ad;diğer adlar;numaralar;ülke;referans;program;tarih\n"
    'kişi;Ayşe Uydurma;"Aysche; Айше";1;TR;R-1;demo;31.05.2026\n'
    "?;;yalnız takma ad;;;;;\n"
    "Gemi;Göksu 5;;IMO 9999999;;R-1;;2026-13-01\n"
)


def table(*names: str) -> bytes:
    """Our own form with these names, each with a reference of its own."""
    return "\n".join(["reference;name", *(f"R-{name};{name}" for name in names)]).encode()
