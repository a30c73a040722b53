import { Button, Drawer } from 'antd';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  open: boolean;
  title: ReactNode;
  size?: number;
  saving?: boolean;
  readOnly?: boolean;
  saveLabel?: string;
  extra?: ReactNode;
  onSave: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** Editing beside the list: one primary button at the foot, Ctrl+Enter saves. */
export function EditorDrawer({ open, title, size = 640, saving, readOnly, saveLabel, extra, onSave, onClose, children }: Props) {
  const { t } = useTranslation();
  useEffect(() => {
    if (!open || readOnly) return;
    const save = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) onSave();
    };
    window.addEventListener('keydown', save);
    return () => window.removeEventListener('keydown', save);
  }, [open, readOnly, onSave]);
  return (
    <Drawer open={open} title={title} onClose={onClose} size={Math.min(size, window.innerWidth)} extra={extra} destroyOnHidden
      mask={{ closable: Boolean(readOnly) }}
      footer={readOnly ? null : (
        <div className="row" style={{ justifyContent: 'flex-end', padding: '4px 0' }}>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="primary" loading={saving} onClick={onSave}>{saveLabel ?? t('common.save')}</Button>
        </div>
      )}>
      {children}
    </Drawer>
  );
}
