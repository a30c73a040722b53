import type { CandidateView, CreateEmployee, EmployeeView } from '@bole/api';
import { Alert, DatePicker, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { useSession } from '../../app/session';
import { CustomFieldInputs, useCustomBody } from '../../components/CustomFields';
import { EditorDrawer } from '../../components/EditorDrawer';
import { useEnumOptions } from '../../components/Filters';
import { useNames } from '../../components/Names';
import { JobPicker, OrgPicker } from '../../components/Pickers';
import { showAtFields } from '../../lib/problem';
import { GradePicker } from '../jobs/JobEditor';
import { EmployeePicker, PositionPicker } from './pickers';

type Values = Omit<CreateEmployee, 'birth_date' | 'hired_on' | 'probation_until'> & { birth_date?: Dayjs | null; hired_on: Dayjs; probation_until?: Dayjs | null };
const day = (value?: Dayjs | null) => value?.format('YYYY-MM-DD');

interface Props {
  employee?: EmployeeView;
  /** Hired without retyping: what is known of the person stays. */
  candidate?: CandidateView;
  /** Somebody who left and comes back. */
  former?: EmployeeView;
  onClose: () => void;
}

/** Contact details are never filled in: what is left empty stays as it is. */
export function EmployeeEditor({ employee, candidate, former, onClose }: Props) {
  const { t } = useTranslation();
  const names = useNames();
  const { user } = useSession();
  const navigate = useNavigate();
  const [form] = Form.useForm<Values>();
  const [employed, setEmployed] = useState<{ id: string; text: string } | null>(null);
  const genders = useEnumOptions('gender');
  const employments = useEnumOptions('employment');
  const known = employee ?? candidate;
  const start = employee ?? candidate ?? former;
  const orgId = Form.useWatch('org_id', form) ?? start?.org_id ?? user.org_id;
  const before = employee && (employee.custom ?? {});
  const custom = useCustomBody('employee', orgId, before);
  const save = useSend(
    (values: Values) => {
      const none = employee ? '' : undefined; // An empty text takes a value away; an absent member leaves it as it is.
      const terms = {
        number: values.number.trim(), org_id: values.org_id, employment: values.employment,
        job_id: values.job_id ?? none, position_id: values.position_id ?? none, grade: values.grade || none, manager_id: values.manager_id ?? none,
        hired_on: day(values.hired_on)!, probation_until: day(values.probation_until), custom: custom(values.custom),
      };
      if (former) return api.post<EmployeeView>(`/employees/${former.id}/rehire`, terms);
      const contact = { phone: values.phone?.trim() || undefined, email: values.email?.trim() || undefined, id_number: values.id_number?.trim() || undefined };
      if (candidate) return api.post<EmployeeView>('/employees', { ...terms, ...contact, candidate_id: candidate.id });
      const person = { ...contact, name: values.name, gender: values.gender ?? '', birth_date: day(values.birth_date) };
      if (!employee) return api.post<EmployeeView>('/employees', { ...terms, ...person });
      return api.patch<EmployeeView>(`/employees/${employee.id}`, { ...terms, ...person, no_probation: !values.probation_until, version: employee.version });
    },
    {
      refresh: ['/employees', '/candidates'],
      done: t('common.saved'),
      onDone: (saved) => {
        onClose();
        if (!employee) void navigate(`/employees/${saved.id}`);
      },
      onProblem: (problem) => {
        if (problem.code === 'employee.employed' || problem.code === 'employee.employed_elsewhere') {
          setEmployed({ id: String(problem.params.existing_id ?? ''), text: problem.detail || problem.message });
          return true;
        }
        return showAtFields(form, problem);
      },
    },
  );
  const required = [{ required: true, message: t('common.required') }];
  const title = employee ? t('employees.edit')
    : candidate ? t('employees.hire_title', { name: candidate.name })
      : former ? t('employees.rehire_title', { name: former.name }) : t('employees.add');
  const unchanged = known ? t('employees.unchanged') : undefined;
  return (
    <EditorDrawer open title={title} saving={save.isPending} onClose={onClose} onSave={() => { setEmployed(null); form.submit(); }}>
      {employed && (
        <Alert type="warning" showIcon style={{ marginBottom: 16 }} title={t('employees.employed')} description={employed.text}
          action={employed.id && <Link to={`/employees/${employed.id}`} onClick={onClose}>{t('employees.open_existing')}</Link>} />
      )}
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={(values) => save.mutate(values)}
        initialValues={employee
          ? { ...employee, gender: employee.gender || undefined, birth_date: employee.birth_date ? dayjs(employee.birth_date) : null,
            hired_on: dayjs(employee.hired_on), probation_until: employee.probation_until ? dayjs(employee.probation_until) : null }
          : { org_id: start?.org_id ?? user.org_id, job_id: start?.job_id ?? undefined, employment: 'full_time', hired_on: dayjs() }}>
        <div className="split-fields">
          {!candidate && !former && <Form.Item name="name" label={t('candidates.name')} rules={required}><Input maxLength={80} autoFocus={!employee} /></Form.Item>}
          <Form.Item name="number" label={t('employees.number')} rules={required}><Input maxLength={40} autoFocus={Boolean(candidate ?? former)} /></Form.Item>
          <Form.Item name="org_id" label={t('field.org')} rules={required}><OrgPicker /></Form.Item>
          <Form.Item name="job_id" label={t('employees.job')}><JobPicker current={names.job(start)} /></Form.Item>
          <Form.Item name="position_id" label={t('employees.position')} extra={t('employees.position_hint')}><PositionPicker orgId={orgId} current={employee?.position_name} /></Form.Item>
          <Form.Item name="grade" label={t('employees.grade')}><GradePicker /></Form.Item>
          <Form.Item name="employment" label={t('employees.employment')} rules={required}><Select options={employments} /></Form.Item>
          <Form.Item name="manager_id" label={t('employees.manager')}><EmployeePicker current={employee?.manager_name} except={employee?.id} /></Form.Item>
          <Form.Item name="hired_on" label={t('employees.hired_on')} rules={required}><DatePicker style={{ width: '100%' }} allowClear={false} /></Form.Item>
          <Form.Item name="probation_until" label={t('employees.probation_until')}><DatePicker style={{ width: '100%' }} /></Form.Item>
          {!former && (
            <>
              <Form.Item name="phone" label={t('candidates.phone')} extra={unchanged}><Input maxLength={20} inputMode="tel" placeholder={known?.phone_masked} /></Form.Item>
              <Form.Item name="email" label={t('candidates.email')} rules={[{ type: 'email', message: t('users.email_wrong') }]} extra={unchanged}><Input maxLength={200} inputMode="email" placeholder={known?.email_masked} /></Form.Item>
              <Form.Item name="id_number" label={t('candidates.id_number')} extra={unchanged ?? t('candidates.id_number_hint')}><Input maxLength={20} placeholder={known?.id_number_masked} /></Form.Item>
            </>
          )}
          {!candidate && !former && (
            <>
              <Form.Item name="gender" label={t('candidates.gender')}><Select allowClear options={genders} /></Form.Item>
              <Form.Item name="birth_date" label={t('candidates.birth_date')}><DatePicker style={{ width: '100%' }} maxDate={dayjs()} /></Form.Item>
            </>
          )}
        </div>
        <CustomFieldInputs entity="employee" orgId={orgId} values={before} />
      </Form>
    </EditorDrawer>
  );
}
