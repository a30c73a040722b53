import type { CalendarView, CreateCalendar } from '@bole/api';
import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client';
import { useSend } from '../../api/hooks';
import { useSession } from '../../app/session';
import { EditorDrawer } from '../../components/EditorDrawer';
import { OrgPicker } from '../../components/Pickers';
import { showAtFields } from '../../lib/problem';

type Values = Pick<CreateCalendar, 'org_id' | 'code' | 'name_zh' | 'name_en'>;

export function AddCalendar({ onClose, onAdded }: { onClose: () => void; onAdded: (calendar: CalendarView) => void }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const [form] = Form.useForm<Values>();
  const save = useSend(
    (values: Values) => api.post<CalendarView>('/org/calendars', { ...values, name_en: values.name_en ?? '', rest_weekdays: [6, 7], days: [] }),
    { refresh: ['/org/calendars'], done: t('common.saved'), onDone: onAdded, onProblem: (problem) => showAtFields(form, problem) },
  );
  const required = [{ required: true, message: t('common.required') }];
  return (
    <EditorDrawer open size={480} title={t('calendars.add')} saving={save.isPending} onClose={onClose} onSave={() => form.submit()}>
      <Form<Values> form={form} layout="vertical" requiredMark={false} onFinish={(values) => save.mutate(values)} initialValues={{ org_id: user.org_id }}>
        <Form.Item name="name_zh" label={t('field.name_zh')} rules={required}><Input maxLength={80} lang="zh-CN" /></Form.Item>
        <Form.Item name="name_en" label={t('field.name_en')}><Input maxLength={80} lang="en" /></Form.Item>
        <Form.Item name="code" label={t('field.code')} rules={required}><Input maxLength={40} /></Form.Item>
        <Form.Item name="org_id" label={t('field.org')} rules={required} extra={t('calendars.owner_hint')}><OrgPicker /></Form.Item>
      </Form>
    </EditorDrawer>
  );
}
