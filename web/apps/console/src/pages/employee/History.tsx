import type { EmployeeEvent } from '@bole/api';
import { Timeline } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCustomForm } from '../../components/CustomFields';
import { useFormat } from '../../lib/format';
import { usePair } from '../../lib/pair';

/** What happened to an employment, newest first; custom fields by their titles. */
export function History({ events, orgId }: { events: EmployeeEvent[]; orgId: string }) {
  const { t } = useTranslation();
  const pair = usePair();
  const format = useFormat();
  const form = useCustomForm('employee', orgId);
  const fieldText = (name: string) => {
    if (!name.startsWith('custom.')) return t(`employee_field.${name}`);
    const key = name.slice('custom.'.length);
    return pair(form.data?.fields.find((field) => field.key === key), 'title') || key;
  };
  return (
    <Timeline items={events.map((event, index) => ({
      key: index,
      content: (
        <div className="file-event">
          <span>
            {t(`employee_event.${event.kind}`, { fields: event.fields.map(fieldText).join(t('common.list_comma')) })}
            {event.on && <span className="num"> · {format.date(event.on)}</span>}
          </span>
          <span className="quiet num">{event.by_name || t('org.system')} · <time dateTime={event.at}>{format.dateTime(event.at)}</time></span>
        </div>
      ),
    }))} />
  );
}
