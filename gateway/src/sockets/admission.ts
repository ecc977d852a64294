import type { Viewer } from '@vardgraf/viewer'

/** The most that this process takes, over all sockets. */
export interface AdmissionLimits {
  socketsPerViewer: number
  operationsPerViewer: number
  /** Anonymous sockets of one address. */
  socketsPerAddress: number
  /** Anonymous sockets in all; and as many that have not said yet who they are. Logins have the rest to themselves. */
  anonymousSockets: number
}

/** Whether one socket more, or one operation more, is too many: by viewer, or by address as long as nobody has logged in. */
export class Admission {
  private readonly sockets = new Counts()
  private readonly operations = new Counts()
  private anonymous = 0
  /** Sockets that have said nothing, oldest first. */
  private readonly silent = new Set<Place>()

  constructor(private readonly limits: AdmissionLimits) {}

  /**
   * Takes in a socket of which nothing is known. It is never refused: whoever floods us with silent sockets would keep out those who
   * log in. Of too many the oldest gives way; a client with a purpose says so within a round trip.
   */
  arrive(address: string, giveWay: () => void): Place {
    const [oldest] = this.silent
    if (oldest && this.silent.size >= this.limits.anonymousSockets) {
      this.silent.delete(oldest)
      oldest.giveWay()
    }
    const place = new Place(this, address, giveWay)
    this.silent.add(place)
    return place
  }

  /** It has said something, and is being checked. */
  spoke(place: Place): void {
    this.silent.delete(place)
  }

  /** False when the viewer, or the address, has as many sockets as it may. */
  enter(party: string, anonymous: boolean): boolean {
    const { socketsPerAddress, socketsPerViewer, anonymousSockets } = this.limits
    if (anonymous && this.anonymous >= anonymousSockets) return false
    if (!this.sockets.take(party, anonymous ? socketsPerAddress : socketsPerViewer)) return false
    if (anonymous) this.anonymous += 1
    return true
  }

  leave(party: string, anonymous: boolean): void {
    this.sockets.give(party)
    if (anonymous) this.anonymous -= 1
  }

  begin(party: string): boolean {
    return this.operations.take(party, this.limits.operationsPerViewer)
  }

  end(party: string): void {
    this.operations.give(party)
  }
}

/** What one socket takes up. */
export class Place {
  private party: { name: string; anonymous: boolean } | undefined

  constructor(
    private readonly admission: Admission,
    private readonly address: string,
    readonly giveWay: () => void,
  ) {}

  spoke(): void {
    this.admission.spoke(this)
  }

  /** Once it is known whose it is; false when that is one too many. */
  identify(viewer: Viewer): boolean {
    const party = { name: partyOf(viewer, this.address), anonymous: viewer.kind === 'ANONYMOUS' }
    if (!this.admission.enter(party.name, party.anonymous)) return false
    this.party = party
    return true
  }

  /** False when the viewer has as many operations under way as she may, over all her sockets. Each true is ended by `end`. */
  begin(): boolean {
    return this.party !== undefined && this.admission.begin(this.party.name)
  }

  /** Also after `leave`: a mutation is carried through when its sender has gone. */
  end(): void {
    if (this.party) this.admission.end(this.party.name)
  }

  /** The socket has closed. Once. */
  leave(): void {
    this.admission.spoke(this)
    if (this.party) this.admission.leave(this.party.name, this.party.anonymous)
  }
}

function partyOf(viewer: Viewer, address: string): string {
  if (viewer.kind === 'PATIENT') return `patient ${viewer.personId}`
  return viewer.kind === 'STAFF' ? `staff ${viewer.staffId}` : `address ${address}`
}

class Counts {
  private readonly counts = new Map<string, number>()

  take(name: string, max: number): boolean {
    const count = this.counts.get(name) ?? 0
    if (count >= max) return false
    this.counts.set(name, count + 1)
    return true
  }

  give(name: string): void {
    const count = this.counts.get(name) ?? 0
    if (count > 1) this.counts.set(name, count - 1)
    else this.counts.delete(name)
  }
}
