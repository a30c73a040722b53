import { CalendarOutlined, LeftOutlined, PlusOutlined, RightOutlined } from '@ant-design/icons';
import type { CalendarDay, CalendarView, Items } from '@bole/api';
import { Button, Checkbox, Select } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan } from '../../app/session';
import { TableButtons } from '../../components/imports/TableButtons';
import { useNames } from '../../components/Names';
import { Page } from '../../components/Page';
import { EmptyState, ErrorState, Loading } from '../../components/States';
import { usePair } from '../../lib/pair';
import { AddCalendar } from './AddCalendar';
import { DayDialog } from './DayDialog';
import { PasteDays } from './PasteDays';
import { YearGrid } from './YearGrid';
import { merged } from './days';
import './calendars.css';

export default function CalendarsPage() {
  const { t } = useTranslation();
  const names = useNames();
  const can = useCan();
  const pair = usePair();
  const [params, setParams] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const list = useGet<Items<CalendarView>>('/org/calendars');
  const id = params.get('calendar') ?? list.data?.items[0]?.id;
  const add = can('org.write') && <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t('calendars.add')}</Button>;
  return (
    <Page title={t('calendars.title')} hint={t('calendars.hint')} actions={<span className="row"><TableButtons target="calendars" path="/org/calendars" permission="org.write" />{add}</span>}>
      {list.isPending ? <div className="panel"><Loading rows={8} /></div>
        : list.isError ? <div className="panel"><ErrorState problem={list.error} onRetry={() => void list.refetch()} /></div>
          : !id ? <div className="panel"><EmptyState icon={<CalendarOutlined />} title={t('calendars.empty')} text={t('calendars.empty_text')} action={add} /></div>
            : (
              <>
                <div className="filters">
                  <Select className="calendar-select" value={id} aria-label={t('calendars.title')} onChange={(value) => setParams({ calendar: value }, { replace: true })}
                    options={list.data.items.map((item) => ({ value: item.id, label: `${pair(item, 'name')} · ${names.unit(item)}` }))} />
                </div>
                <Editor key={id} id={id} />
              </>
            )}
      {adding && <AddCalendar onClose={() => setAdding(false)} onAdded={(made) => { setAdding(false); setParams({ calendar: made.id }, { replace: true }); }} />}
    </Page>
  );
}

/** One calendar, a year at a time. Days are changed here and saved together. */
function Editor({ id }: { id: string }) {
  const { t, i18n } = useTranslation();
  const can = useCan();
  const calendar = useGet<CalendarView>(`/org/calendars/${id}`);
  const [year, setYear] = useState(new Date().getFullYear());
  const [days, setDays] = useState<CalendarDay[] | null>(null);
  const [rest, setRest] = useState<number[] | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const [pasting, setPasting] = useState(false);
  const save = useSend(
    () => api.patch<CalendarView>(`/org/calendars/${id}`, { version: calendar.data!.version, days: days ?? undefined, rest_weekdays: rest ?? undefined }),
    { refresh: ['/org/calendars'], done: t('common.saved') },
  );
  useEffect(() => {
    setDays(null);
    setRest(null);
  }, [calendar.data?.version]);
  const weekdays = useMemo(() => {
    const format = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', timeZone: 'UTC' });
    return [1, 2, 3, 4, 5, 6, 7].map((value) => ({ value, label: format.format(new Date(Date.UTC(2024, 0, value))) }));
  }, [i18n.language]);

  if (calendar.isPending) return <div className="panel"><Loading rows={10} /></div>;
  if (calendar.isError) return <div className="panel"><ErrorState problem={calendar.error} onRetry={() => void calendar.refetch()} /></div>;
  const shown = days ?? calendar.data.days;
  const restDays = rest ?? calendar.data.rest_weekdays;
  const readOnly = !can('org.write');
  const dirty = days !== null || rest !== null;
  return (
    <section className="panel">
      <div className="panel-head calendar-head">
        <span className="row">
          <Button size="small" icon={<LeftOutlined />} aria-label={t('calendars.year_before')} onClick={() => setYear(year - 1)} />
          <h2 className="num" aria-live="polite">{year}</h2>
          <Button size="small" icon={<RightOutlined />} aria-label={t('calendars.year_after')} onClick={() => setYear(year + 1)} />
        </span>
        <span className="calendar-legend" aria-hidden>
          <span><i className="day-holiday" />{t('day_kind.holiday')}</span>
          <span><i className="day-workday" />{t('day_kind.workday')}</span>
          <span><i className="day-half_day" />{t('day_kind.half_day')}</span>
          <span><i className="day-rest" />{t('calendars.rest_day')}</span>
        </span>
      </div>
      <div className="panel-body">
        <div className="row calendar-rest">
          <span className="quiet">{t('calendars.rest_weekdays')}</span>
          <Checkbox.Group disabled={readOnly} options={weekdays} value={restDays} onChange={(value) => setRest([...value].sort())} />
        </div>
        <p className="quiet calendar-note">{t('calendars.note')}</p>
        <YearGrid year={year} days={shown} rest={restDays} onPick={readOnly ? undefined : setOpen} />
        {!readOnly && (
          <div className="row calendar-actions">
            <Button type="primary" disabled={!dirty} loading={save.isPending} onClick={() => save.mutate()}>{t('common.save')}</Button>
            <Button onClick={() => setPasting(true)}>{t('calendars.paste')}</Button>
            {dirty && <Button type="text" onClick={() => { setDays(null); setRest(null); }}>{t('calendars.discard')}</Button>}
          </div>
        )}
      </div>
      {open && (
        <DayDialog date={open} day={shown.find((item) => item.day === open)} onClose={() => setOpen(null)}
          onChange={(day) => {
            setDays(day ? merged(shown, [day]) : shown.filter((item) => item.day !== open));
            setOpen(null);
          }} />
      )}
      {pasting && <PasteDays onClose={() => setPasting(false)} onRead={(read) => { setDays(merged(shown, read)); setPasting(false); }} />}
    </section>
  );
}
