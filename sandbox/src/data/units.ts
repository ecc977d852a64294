/** A care unit as patients' loader takes it. All names are invented and marked as such; the addresses do not exist. */
export type UnitData = {
  hsaId: string
  name: string
  kind: 'HEALTH_CENTRE' | 'NURSE_LINE_1177' | 'YOUTH_CLINIC' | 'CHILD_HEALTH'
  region: 'vastmanland' | 'vastra-gotaland'
  selfBooking: boolean
  phone: string
  street: string | null
  postalCode: string | null
  city: string | null
  url: string
}

const vastmanland = 'SE2321000172'
const vastraGotaland = 'SE2321000131'

/** Invented names and the town each is set in; the first ten towns are the region's municipalities. */
const healthCentres = [
  ['Lingonbacken', 'Västerås'],
  ['Björkdungen', 'Västerås'],
  ['Åsikten', 'Västerås'],
  ['Ängshagen', 'Västerås'],
  ['Örtagården', 'Västerås'],
  ['Smultronstället', 'Västerås'],
  ['Hackspetten', 'Västerås'],
  ['Vitsippan', 'Västerås'],
  ['Solrosen', 'Västerås'],
  ['Norrskenet', 'Västerås'],
  ['Regnbågen', 'Västerås'],
  ['Kastanjen', 'Västerås'],
  ['Gullvivan', 'Köping'],
  ['Rödhaken', 'Köping'],
  ['Silvergruvan', 'Sala'],
  ['Linnéan', 'Sala'],
  ['Brukskällan', 'Fagersta'],
  ['Tallkotten', 'Fagersta'],
  ['Slussen', 'Arboga'],
  ['Medeltiden', 'Arboga'],
  ['Ekollonet', 'Kungsör'],
  ['Strömkarlen', 'Hallstahammar'],
  ['Blåklinten', 'Hallstahammar'],
  ['Forsen', 'Surahammar'],
  ['Gruvlyktan', 'Norberg'],
  ['Ormbunken', 'Skinnskatteberg'],
  ['Kanalen', 'Ramnäs'],
  ['Humlan', 'Kolbäck'],
] as const

/** The range 070-1740605…699 is reserved for fiction; care units use its upper part. */
const firstUnitPhone = 701740640

const slug = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z0-9 ]/g, '')
    .replaceAll(' ', '-')

const described: Omit<UnitData, 'phone' | 'url' | 'postalCode'>[] = [
  ...healthCentres.map(([name, city], index) => ({
    hsaId: `${vastmanland}-H${String(index + 1).padStart(3, '0')}`,
    name: `Vårdcentralen ${name} (påhittad)`,
    kind: 'HEALTH_CENTRE' as const,
    region: 'vastmanland' as const,
    selfBooking: index % 3 === 0,
    street: `Påhittade gatan ${index + 1}`,
    city,
  })),
  unit(`${vastmanland}-N001`, '1177 direkt Västmanland (påhittad)', 'NURSE_LINE_1177', 'vastmanland', null),
  unit(`${vastmanland}-Y001`, 'Ungdomsmottagningen Fyren (påhittad)', 'YOUTH_CLINIC', 'vastmanland', 'Västerås'),
  unit(`${vastmanland}-C001`, 'Barnavårdscentralen Nallen (påhittad)', 'CHILD_HEALTH', 'vastmanland', 'Västerås'),
  unit(`${vastraGotaland}-H001`, 'Vårdcentralen Havsbandet (påhittad)', 'HEALTH_CENTRE', 'vastra-gotaland', 'Göteborg'),
  unit(`${vastraGotaland}-H002`, 'Vårdcentralen Kullersten (påhittad)', 'HEALTH_CENTRE', 'vastra-gotaland', 'Borås'),
  unit(`${vastraGotaland}-H003`, 'Vårdcentralen Ljungheden (påhittad)', 'HEALTH_CENTRE', 'vastra-gotaland', 'Skövde'),
  unit(`${vastraGotaland}-N001`, '1177 direkt Västra Götaland (påhittad)', 'NURSE_LINE_1177', 'vastra-gotaland', null),
  unit(`${vastraGotaland}-Y001`, 'Ungdomsmottagningen Masten (påhittad)', 'YOUTH_CLINIC', 'vastra-gotaland', 'Göteborg'),
  unit(`${vastraGotaland}-C001`, 'Barnavårdscentralen Kotten (påhittad)', 'CHILD_HEALTH', 'vastra-gotaland', 'Göteborg'),
]

function unit(hsaId: string, name: string, kind: UnitData['kind'], region: UnitData['region'], city: string | null) {
  return { hsaId, name, kind, region, city, street: city && 'Påhittade torget 1', selfBooking: kind === 'HEALTH_CENTRE' }
}

/** 28 health centres and the other units of Västmanland, and a smaller Västra Götaland. */
export const units: readonly UnitData[] = described.map((each, index) => ({
  ...each,
  phone: `+46${firstUnitPhone + index}`,
  postalCode: each.city && '000 00',
  url: `https://vard.example/${slug(each.name.replace(' (påhittad)', ''))}`,
}))
