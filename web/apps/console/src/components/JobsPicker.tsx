import type { JobView, Page, QuestionJob } from '@bole/api';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGetKeeping } from '../api/hooks';
import { useLater } from '../lib/later';
import { useName } from '../lib/pair';
import { useNames } from './Names';

/** Several jobs of the library; `known` are those that were chosen before. */
export function JobsPicker({ id, value, onChange, known, disabled, placeholder }: {
  id?: string; value?: string[]; onChange?: (value: string[]) => void; known: QuestionJob[]; disabled?: boolean; placeholder?: string;
}) {
  const { t } = useTranslation();
  const names = useNames();
  const name = useName();
  const [q, setQ] = useState('');
  const jobs = useGetKeeping<Page<JobView>>(disabled ? null : '/jobs', { q: useLater(q), limit: 50 });
  const found = (jobs.data?.items ?? []).filter((job) => job.status === 'active').map((job) => ({ value: job.id, label: `${name(job)} · ${names.unit(job)}` }));
  const before = known.filter((job) => !found.some((option) => option.value === job.id)).map((job) => ({ value: job.id, label: name(job) }));
  return (
    <Select id={id} mode="multiple" value={value} onChange={onChange} options={[...before, ...found]} loading={jobs.isFetching} disabled={disabled} maxCount={20}
      showSearch={{ filterOption: false, onSearch: setQ }} placeholder={placeholder} aria-label={t('questions.jobs')} popupMatchSelectWidth={320} />
  );
}
