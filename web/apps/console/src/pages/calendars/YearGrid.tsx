import type { CalendarDay } from '@bole/api';
import { Tooltip } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { usePair } from '../../lib/pair';
import { monthDays, weekday } from './days';

interface Props {
  year: number;
  days: CalendarDay[];
  rest: number[];
  /** Absent: to look at only. */
  onPick?: (day: string) => void;
}

/** Twelve months; named days are coloured and say their name. */
export function YearGrid({ year, days, rest, onPick }: Props) {
  const { t, i18n } = useTranslation();
  const pair = usePair();
  const byDay = useMemo(() => new Map(days.map((day) => [day.day, day])), [days]);
  const words = useMemo(() => ({
    month: new Intl.DateTimeFormat(i18n.language, { month: 'long', timeZone: 'UTC' }),
    weekday: new Intl.DateTimeFormat(i18n.language, { weekday: 'narrow', timeZone: 'UTC' }),
  }), [i18n.language]);
  return (
    <div className="year-grid">
      {Array.from({ length: 12 }, (_, month) => (
        <section key={month} aria-label={words.month.format(new Date(Date.UTC(year, month, 1)))}>
          <h3>{words.month.format(new Date(Date.UTC(year, month, 1)))}</h3>
          <div className="month">
            {[1, 2, 3, 4, 5, 6, 7].map((day) => <span key={day} className="month-head" aria-hidden>{words.weekday.format(new Date(Date.UTC(2024, 0, day)))}</span>)}
            {monthDays(year, month).map((day, index) => {
              if (!day) return <span key={`blank-${index}`} />;
              const named = byDay.get(day);
              const kind = named?.kind ?? (rest.includes(weekday(day)) ? 'rest' : 'work');
              const label = named ? `${day} ${t(`day_kind.${named.kind}`)} ${pair(named, 'name')}` : day;
              const cell = (
                <button type="button" className={`day day-${kind}`} aria-label={label} disabled={!onPick} onClick={() => onPick?.(day)}>
                  {Number(day.slice(8))}
                </button>
              );
              return named ? <Tooltip key={day} title={label}>{cell}</Tooltip> : <span key={day} className="day-cell">{cell}</span>;
            })}
          </div>
        </section>
      ))}
    </div>
  );
}
