import type { Viewer } from '@vardgraf/viewer'

/** Limits of this process, over all sockets. */
export interface AdmissionLimits {
  socketsPerViewer: number
  operationsPerViewer: number
  /** Anonymous sockets of one address. */
  socketsPerAddress: number
  /** Anonymous sockets in all, and as many sockets that have not sent `connection_init`. The rest is kept for logins. */
  anonymousSockets: number
}

/** Whether one more socket or operation is allowed: counted by viewer, and for anonymous viewers by address. */
export class Admission {
  private readonly sockets = new Counts()
  private readonly operations = new Counts()
  private anonymous = 0
  /** Sockets that have not sent `connection_init`, oldest first. */
  private readonly silent = new Set<Place>()

  constructor(private readonly limits: AdmissionLimits) {}

  /**
   * Accepts a new socket whose user is not known yet. It is never refused: a flood of silent sockets would otherwise keep out viewers
   * who log in. When there are too many, the oldest is closed; a real client sends `connection_init` within a round trip.
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

  /** The socket has sent `connection_init`; its login is being checked. */
  spoke(place: Place): void {
    this.silent.delete(place)
  }

  /** False when the viewer or the address has too many sockets already. */
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

/** The place of one socket in the counts. */
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

  /** Called when the viewer is known; false when the viewer or the address has too many sockets already. */
  identify(viewer: Viewer): boolean {
    const party = { name: partyOf(viewer, this.address), anonymous: viewer.kind === 'ANONYMOUS' }
    if (!this.admission.enter(party.name, party.anonymous)) return false
    this.party = party
    return true
  }

  /** False when the viewer has too many operations already, over all her sockets. After true, `end` must be called once. */
  begin(): boolean {
    return this.party !== undefined && this.admission.begin(this.party.name)
  }

  /** May come after `leave`: a mutation is finished when its client has left. */
  end(): void {
    if (this.party) this.admission.end(this.party.name)
  }

  /** The socket has closed. Called once. */
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
