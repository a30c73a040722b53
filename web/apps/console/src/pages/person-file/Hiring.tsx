import { IdcardOutlined, UserAddOutlined } from '@ant-design/icons';
import type { CandidateView, EmployeeView, Page } from '@bole/api';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useGet } from '../../api/hooks';
import { useCan } from '../../app/session';
import { EmployeeEditor } from '../employees/EmployeeEditor';

/** The way to the person's employment, or to one. Nothing for those who do not see employees. */
export function Hiring({ candidate }: { candidate: CandidateView }) {
  const { t } = useTranslation();
  const can = useCan();
  const [hiring, setHiring] = useState(false);
  const found = useGet<Page<EmployeeView>>(can('employee.read') ? '/employees' : null, { person_id: candidate.person_id, limit: 50 });
  if (!found.data) return null;
  const current = found.data.items.find((item) => item.state !== 'left');
  const shown = current ?? found.data.items[0];
  return (
    <>
      {shown && <Link to={`/employees/${shown.id}`}><Button icon={<IdcardOutlined />} tabIndex={-1}>{t('candidates.hired_as')}</Button></Link>}
      {!current && can('employee.write') && <Button icon={<UserAddOutlined />} onClick={() => setHiring(true)}>{t('candidates.hire')}</Button>}
      {hiring && <EmployeeEditor candidate={candidate} onClose={() => setHiring(false)} />}
    </>
  );
}
