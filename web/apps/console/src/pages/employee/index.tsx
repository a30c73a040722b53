import { EditOutlined, EyeOutlined, LogoutOutlined, TeamOutlined, UndoOutlined } from '@ant-design/icons';
import type { EmployeeFile, EmployeeSecrets } from '@bole/api';
import { Button, Descriptions } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api } from '../../api/client';
import { useGet, useSend } from '../../api/hooks';
import { useCan, useSession } from '../../app/session';
import { CustomFieldValues, useCustomForm } from '../../components/CustomFields';
import { useNames } from '../../components/Names';
import { Page } from '../../components/Page';
import { useWithPurpose } from '../../components/Purpose';
import { ErrorState, Loading } from '../../components/States';
import { isSensitive } from '../../lib/custom-fields';
import { useFormat } from '../../lib/format';
import { EmployeeEditor } from '../employees/EmployeeEditor';
import { EmployeeStateTag } from '../employees/EmployeeStateTag';
import { PersonPrivacy } from '../person-file/PersonPrivacy';
import '../person-file/person-file.css';
import { History } from './History';
import { LeaveDialog } from './LeaveDialog';

/** One employment: its facts, the person, HR's own fields and what happened. */
export default function EmployeePage() {
  const { id } = useParams();
  return <EmployeeOf key={id} id={id!} />;
}

function EmployeeOf({ id }: { id: string }) {
  const { t } = useTranslation();
  const names = useNames();
  const can = useCan();
  const { fields } = useSession();
  const format = useFormat();
  const [open, setOpen] = useState<'edit' | 'leave' | 'rehire' | null>(null);
  const [secrets, setSecrets] = useState<EmployeeSecrets | null>(null);
  const file = useGet<EmployeeFile>(`/employees/${id}/file`);
  const reveal = useSend(() => api.get<EmployeeSecrets>(`/employees/${id}/reveal`), { onDone: setSecrets });
  const withPurpose = useWithPurpose();
  const form = useCustomForm('employee', file.data?.employee.org_id);
  const back = { to: '/employees', label: t('employees.title') };

  if (file.isPending) return <Page title={t('employees.file')} back={back}><div className="panel"><Loading /></div></Page>;
  if (file.isError) return <Page title={t('employees.file')} back={back}><div className="panel"><ErrorState problem={file.error} onRetry={() => void file.refetch()} /></div></Page>;
  const { employee, events, others, reports } = file.data;
  const gone = employee.state === 'left';
  const close = () => setOpen(null);
  const actions = (
    <>
      {can('user.read') && <Link to={`/settings/access?kind=employee&id=${id}`}><Button icon={<TeamOutlined />} tabIndex={-1}>{t('access.who_sees')}</Button></Link>}
      {can('employee.write') && (
        <>
          <Button icon={<LogoutOutlined />} onClick={() => setOpen('leave')}>{employee.left_on ? t('employees.leave_correct') : t('employees.leave')}</Button>
          {gone && <Button icon={<UndoOutlined />} onClick={() => setOpen('rehire')}>{t('employees.rehire')}</Button>}
          <Button type="primary" icon={<EditOutlined />} onClick={() => setOpen('edit')}>{t('common.edit')}</Button>
        </>
      )}
    </>
  );
  const hasSecrets = (form.data?.fields ?? []).some((field) => isSensitive(field) && employee.custom?.[field.key] !== undefined);
  const hasContact = employee.phone_masked || employee.email_masked || employee.id_number_masked || hasSecrets;
  const mayReveal = can('employee.reveal') && (fields.contact === 'reveal' || fields.id_number === 'reveal' || fields.pay === 'reveal');
  return (
    <Page title={employee.name} back={back} hint={[employee.number, names.job(employee), names.unit(employee)].filter(Boolean).join(' · ')} actions={actions}>
      <div className="file-grid">
        <div className="stack">
          <section className="panel" aria-labelledby="employee-facts">
            <div className="panel-head"><h2 id="employee-facts">{t('employees.facts')}</h2><EmployeeStateTag state={employee.state} /></div>
            <div className="panel-body">
              <Descriptions column={{ xs: 1, md: 2 }} size="small" items={[
                { key: 'n', label: t('employees.number'), children: <span className="num">{employee.number}</span> },
                { key: 'o', label: t('field.org'), children: names.unit(employee) },
                { key: 'j', label: t('employees.job'), children: names.job(employee) || '–' },
                { key: 'p', label: t('employees.position'), children: employee.position_name || '–' },
                { key: 'g', label: t('employees.grade'), children: employee.grade || '–' },
                { key: 'e', label: t('employees.employment'), children: t(`employment.${employee.employment}`) },
                { key: 'h', label: t('employees.hired_on'), children: <span className="num">{format.date(employee.hired_on)}</span> },
                { key: 'u', label: t('employees.probation_until'), children: <span className="num">{format.date(employee.probation_until)}</span> },
                { key: 'm', label: t('employees.manager'), children: employee.manager_id ? <Link to={`/employees/${employee.manager_id}`}>{employee.manager_name}</Link> : '–' },
                { key: 'r', label: t('employees.reports'), children: <span className="num">{reports}</span> },
                ...(employee.left_on ? [
                  { key: 'l', label: t('employees.left_on'), children: <span className="num">{format.date(employee.left_on)}</span> },
                  { key: 'w', label: t('employees.leave_reason'), children: employee.leave_reason ? t(`leave_reason.${employee.leave_reason}`) : '–' },
                ] : []),
                ...(employee.candidate_id && can('candidate.read') ? [
                  { key: 'c', label: t('employees.candidate'), children: <Link to={`/candidates/${employee.candidate_id}`}>{employee.name}</Link> },
                ] : []),
              ]} />
            </div>
          </section>
          <section className="panel" aria-labelledby="employee-events">
            <div className="panel-head"><h2 id="employee-events">{t('employees.events')}</h2></div>
            <div className="panel-body"><History events={events} orgId={employee.org_id} /></div>
          </section>
          {others.length > 0 && (
            <section className="panel" aria-labelledby="employee-others">
              <div className="panel-head"><h2 id="employee-others">{t('employees.others')}</h2></div>
              <ul className="task-list">
                {others.map((other) => (
                  <li key={other.id}>
                    <Link className="task" to={`/employees/${other.id}`}>
                      <span>
                        <span className="cell-main">{[other.number, names.job(other), names.unit(other)].filter(Boolean).join(' · ')}</span>
                        <span className="cell-sub num">{format.date(other.hired_on)} – {other.left_on ? format.date(other.left_on) : ''}</span>
                      </span>
                      <EmployeeStateTag state={other.state} />
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
        <div className="stack">
          <section className="panel" aria-labelledby="employee-person">
            <div className="panel-head">
              <h2 id="employee-person">{t('employees.person')}</h2>
              {mayReveal && hasContact && !secrets && (
                <Button size="small" icon={<EyeOutlined />} loading={reveal.isPending} onClick={() => withPurpose(() => reveal.mutate())}>{t('candidates.reveal')}</Button>
              )}
            </div>
            <div className="panel-body">
              {secrets && <p className="quiet" style={{ marginBottom: 8 }}>{t('candidates.reveal_hint')}</p>}
              <Descriptions column={1} size="small" items={[
                { key: 'phone', label: t('candidates.phone'), children: <span className="num">{secrets?.phone || employee.phone_masked || '–'}</span> },
                { key: 'email', label: t('candidates.email'), children: secrets?.email || employee.email_masked || '–' },
                { key: 'idn', label: t('candidates.id_number'), children: <span className="num">{secrets?.id_number || employee.id_number_masked || '–'}</span> },
                { key: 'g', label: t('candidates.gender'), children: employee.gender ? t(`gender.${employee.gender}`) : '–' },
                { key: 'b', label: t('candidates.birth_date'), children: <span className="num">{format.date(employee.birth_date)}</span> },
              ]} />
            </div>
          </section>
          <CustomFieldValues entity="employee" orgId={employee.org_id} values={employee.custom} secrets={secrets?.custom} />
          {can('privacy.read') && <PersonPrivacy record={{ employee_id: employee.id }} />}
        </div>
      </div>
      {open === 'edit' && <EmployeeEditor employee={employee} onClose={close} />}
      {open === 'rehire' && <EmployeeEditor former={employee} onClose={close} />}
      {open === 'leave' && <LeaveDialog employee={employee} reports={reports} onClose={close} />}
    </Page>
  );
}
