import type { CalendarDay } from '@bole/api';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useEnumOptions } from '../../components/Filters';

interface Props {
  date: string;
  day?: CalendarDay;
  onChange: (day: CalendarDay | null) => void;
  onClose: () => void;
}

/** What one day is; null makes it an ordinary day of the week again. */
export function DayDialog({ date, day, onChange, onClose }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Omit<CalendarDay, 'day'>>();
  const kinds = useEnumOptions('day_kind');
  return (
    <Modal open title={date} onCancel={onClose} width={420} footer={[
      day && <Button key="ordinary" type="text" onClick={() => onChange(null)}>{t('calendars.ordinary')}</Button>,
      <Button key="set" type="primary" onClick={() => form.submit()}>{t('calendars.set')}</Button>,
    ]}>
      <Form form={form} layout="vertical" requiredMark={false} initialValues={day ?? { kind: 'holiday' }}
        onFinish={(values) => onChange({ day: date, kind: values.kind, name_zh: values.name_zh ?? '', name_en: values.name_en ?? '' })}>
        <Form.Item name="kind" label={t('calendars.kind')}><Select options={kinds} /></Form.Item>
        <Form.Item name="name_zh" label={t('field.name_zh')}><Input maxLength={60} lang="zh-CN" /></Form.Item>
        <Form.Item name="name_en" label={t('field.name_en')}><Input maxLength={60} lang="en" /></Form.Item>
      </Form>
    </Modal>
  );
}
