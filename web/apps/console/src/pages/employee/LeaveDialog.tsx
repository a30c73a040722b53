import type { EmployeeView, LeaveEmployee } from '@bole/api';
import { Alert, Button, DatePicker, Form, Modal, Popconfirm, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { useEnumOptions } from '../../components/Filters';
import { showAtFields } from '../../lib/problem';

interface Values { left_on: Dayjs; reason: LeaveEmployee['reason'] }

/** The last day and why; opened again it corrects what was said. */
export function LeaveDialog({ employee, reports, onClose }: { employee: EmployeeView; reports: number; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const reasons = useEnumOptions('leave_reason');
  const save = useSend(
    ({ left_on: on, reason }: Values) => api.post<EmployeeView>(`/employees/${employee.id}/leave`, { version: employee.version, left_on: on.format('YYYY-MM-DD'), reason }),
    { refresh: ['/employees'], done: t('common.saved'), onDone: onClose, onProblem: (problem) => showAtFields(form, problem) },
  );
  const stay = useSend(() => api.post<EmployeeView>(`/employees/${employee.id}/stay`, { version: employee.version }),
    { refresh: ['/employees'], done: t('common.saved'), onDone: onClose });
  const takeBack = employee.left_on && (
    <Popconfirm title={t('employees.leave_back_sure')} okText={t('employees.leave_back')} onConfirm={() => stay.mutate()}>
      <Button danger loading={stay.isPending}>{t('employees.leave_back')}</Button>
    </Popconfirm>
  );
  const required = [{ required: true, message: t('common.required') }];
  return (
    <Modal open title={employee.left_on ? t('employees.leave_correct') : t('employees.leave')} okText={t('common.save')} cancelText={t('common.cancel')}
      confirmLoading={save.isPending} onOk={() => form.submit()} onCancel={onClose} destroyOnHidden
      footer={(buttons) => <>{takeBack} {buttons}</>}>
      <p className="quiet" style={{ marginBottom: 12 }}>{t('employees.leave_hint')}</p>
      {reports > 0 && <Alert type="warning" showIcon style={{ marginBottom: 16 }} title={t('employees.leave_reports', { count: reports })} />}
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={(values) => save.mutate(values)}
        initialValues={{ left_on: employee.left_on ? dayjs(employee.left_on) : dayjs(), reason: employee.leave_reason ?? undefined }}>
        <Form.Item name="left_on" label={t('employees.left_on')} rules={required}><DatePicker style={{ width: '100%' }} allowClear={false} minDate={dayjs(employee.hired_on)} /></Form.Item>
        <Form.Item name="reason" label={t('employees.leave_reason')} rules={required}><Select options={reasons} /></Form.Item>
      </Form>
    </Modal>
  );
}
