import { SearchOutlined } from '@ant-design/icons';
import type { CandidateView, EmployeeView, InterviewView, Page } from '@bole/api';
import { Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGetKeeping } from '../../api/hooks';
import { useCan } from '../../app/session';
import { EnumFilter } from '../../components/Filters';
import { useNames } from '../../components/Names';
import { OrgPicker } from '../../components/Pickers';
import { usePair } from '../../lib/pair';

interface SubjectProps {
  kind: string;
  id: string | null;
  onChange: (kind: string, id?: string) => void;
}

/** Lists what the asker may see himself; somebody who reviews without reading candidates gives the id. */
export function SubjectPicker({ kind, id, onChange }: SubjectProps) {
  const can = useCan();
  const { t } = useTranslation();
  return (
    <>
      <EnumFilter name="subject_kind" value={kind} onChange={(next) => onChange(next ?? 'candidate')} placeholder={t('access.kind')} />
      {kind === 'org_node' ? <OrgPicker className="access-pick" value={id} onChange={(next) => onChange(kind, next)} />
        : kind === 'candidate' && can('candidate.read') ? <CandidatePicker id={id} onChange={(next) => onChange(kind, next)} />
          : kind === 'employee' && can('employee.read') ? <EmployeePicker id={id} onChange={(next) => onChange(kind, next)} />
            : kind === 'interview' && can('interview.read') ? <InterviewPicker id={id} onChange={(next) => onChange(kind, next)} />
              : <Input.Search className="access-pick" searchIcon={<SearchOutlined aria-label={t('common.search')} />} defaultValue={id ?? ''} placeholder={t('access.id')} aria-label={t('access.id')} maxLength={26} onSearch={(text) => onChange(kind, text.trim() || undefined)} />}
    </>
  );
}

function CandidatePicker({ id, onChange }: { id: string | null; onChange: (id?: string) => void }) {
  const { t } = useTranslation();
  const names = useNames();
  const [q, setQ] = useState('');
  const found = useGetKeeping<Page<CandidateView>>('/candidates', { q, limit: 50 });
  const options = (found.data?.items ?? []).map((one) => ({ value: one.id, label: `${one.name} · ${names.unit(one)}` }));
  return <Select className="access-pick" value={id || undefined} onChange={onChange} showSearch={{ onSearch: setQ, filterOption: false }} placeholder={t('access.candidate')} aria-label={t('access.candidate')} loading={found.isFetching} options={options} />;
}

function EmployeePicker({ id, onChange }: { id: string | null; onChange: (id?: string) => void }) {
  const { t } = useTranslation();
  const names = useNames();
  const [q, setQ] = useState('');
  const found = useGetKeeping<Page<EmployeeView>>('/employees', { q, limit: 50 });
  const options = (found.data?.items ?? []).map((one) => ({ value: one.id, label: `${one.name} · ${one.number} · ${names.unit(one)}` }));
  return <Select className="access-pick" value={id || undefined} onChange={onChange} showSearch={{ onSearch: setQ, filterOption: false }} placeholder={t('access.employee')} aria-label={t('access.employee')} loading={found.isFetching} options={options} />;
}

function InterviewPicker({ id, onChange }: { id: string | null; onChange: (id?: string) => void }) {
  const { t } = useTranslation();
  const pair = usePair();
  const [q, setQ] = useState('');
  const found = useGetKeeping<Page<InterviewView>>('/interviews', { q, limit: 50 });
  const options = (found.data?.items ?? []).map((one) => ({ value: one.id, label: `${one.candidate_name} · ${pair(one, 'plan_name')}` }));
  return <Select className="access-pick" value={id || undefined} onChange={onChange} showSearch={{ onSearch: setQ, filterOption: false }} placeholder={t('access.interview')} aria-label={t('access.interview')} loading={found.isFetching} options={options} />;
}
