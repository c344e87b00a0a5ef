/** The choice of a time zone. With JavaScript the browser's own is chosen, where nothing else was. */

import { zoneInWords } from '#subscriptions/rhythm-words.ts';

const ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];

/** `isGuessed`: nobody has chosen it yet. */
export function TimeZones({ chosen, isGuessed = false }: { chosen: string; isGuessed?: boolean }) {
  const select = (
    <select name="time_zone" autocomplete="off">
      {regionsWith(chosen).map(([region, zones]) => (
        <optgroup label={region}>
          {zones.map((zone) => (
            <option value={zone} selected={zone === chosen}>
              {zoneInWords(zone)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
  return (
    <label>
      <span>Time zone</span>
      {isGuessed ? <own-zone>{select}</own-zone> : select}
    </label>
  );
}

/** `Europe` -> `Europe/Berlin`, …; a zone that is listed under another name today is added. */
function regionsWith(chosen: string): [string, string[]][] {
  const regions = new Map<string, string[]>();
  for (const zone of ZONES.includes(chosen) ? ZONES : [chosen, ...ZONES]) {
    const region = zone.includes('/') ? (zone.split('/', 1)[0] ?? '') : 'World';
    regions.set(region, [...(regions.get(region) ?? []), zone]);
  }
  return [...regions];
}
