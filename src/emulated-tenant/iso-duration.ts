const day = 86_400_000
const pattern = /^P(?!$)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

/** An ISO 8601 duration of days, hours, minutes and seconds in milliseconds; undefined where it is not one. */
export function durationMs(iso: string): number | undefined {
  const parts = pattern.exec(iso)
  if (parts === null) return undefined
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = parts
  return Number(days) * day + Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000
}
