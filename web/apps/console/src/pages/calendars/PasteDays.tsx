import type { CalendarDay } from '@bole/api';
import { Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { enums } from '../../lib/enums';
import { readDays } from './days';

/** The State Council's notice or a sheet, pasted: a day, a kind and a name on each line. */
export function PasteDays({ onRead, onClose }: { onRead: (days: CalendarDay[]) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const words = Object.fromEntries([
    ...enums.day_kind.map((kind) => [t(`day_kind.${kind}`), kind] as const),
    [t('calendars.word_off'), 'holiday'] as const,
    [t('calendars.word_work'), 'workday'] as const,
  ]);
  const read = readDays(text, words);
  return (
    <Modal open title={t('calendars.paste')} okText={t('calendars.take', { count: read.days.length })} cancelText={t('common.cancel')}
      okButtonProps={{ disabled: read.days.length === 0 || read.wrong.length > 0 }} onOk={() => onRead(read.days)} onCancel={onClose}>
      <p className="quiet">{t('calendars.paste_hint')}</p>
      <pre className="mono calendar-example">{t('calendars.paste_example')}</pre>
      <Input.TextArea value={text} onChange={(event) => setText(event.target.value)} autoSize={{ minRows: 6, maxRows: 14 }} aria-label={t('calendars.paste')} />
      {read.wrong.length > 0 && <p role="alert" className="calendar-wrong">{t('calendars.wrong_lines', { lines: read.wrong.join(', ') })}</p>}
    </Modal>
  );
}
