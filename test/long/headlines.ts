import type { AccessRequest } from '../../src/request/request.ts'

/** What a status card says at its top, by what has become of the request; some people read German. */
export const headlines: Readonly<Record<AccessRequest['phase']['status'], RegExp>> = {
  'in-chat': /Waiting for |Nobody can answer|Wartet auf |Zurzeit kann niemand/,
  'ready-to-file':
    /One more tap|Step \d of \d approved|Stufe \d von \d genehmigt|Not sent to Entra yet|Noch ein Schritt|Noch nicht an Entra gesendet/,
  filed: /Waiting for approval|Wartet auf Genehmigung/,
  scheduled: /Approved · begins|Genehmigt · beginnt/,
  activating: /Approved · activating|Genehmigt · wird aktiviert/,
  active: /Active until|Ending|Aktiv bis|Wird beendet/,
  ended: /Ended (at|on)|Over since|Beendet (um|am)|Vorbei seit/,
  denied: /Denied by|Abgelehnt durch/,
  withdrawn: /Withdrawn|Zurückgezogen/,
  lapsed: /Lapsed|Not active|Verfallen|Nicht aktiv/,
  refused:
    /Entra refused it|Active already|Another request of yours|Not sent to Entra|abgewiesen|Schon auf anderem Weg|andere Anforderung|Nicht an Entra/,
  failed: /Failed|Closed|fehlgeschlagen|[Gg]eschlossen/,
}
