import AntdIcon from '@ant-design/icons/es/components/AntdIconLight';
import type { ComponentProps, Ref } from 'react';

type Props = ComponentProps<typeof AntdIcon> & { ref?: Ref<HTMLSpanElement> };

/**
 * What every icon of antd is drawn by (vite.config.ts puts it in the place of theirs). Theirs reads its file name aloud
 * ("history"); an icon stands beside words that say it better, unless it is given words of its own.
 */
export default function SilentIcon(props: Props) {
  const spoken = props['aria-label'] !== undefined;
  return <AntdIcon {...props} role={spoken ? 'img' : undefined} aria-label={props['aria-label']} aria-hidden={!spoken || undefined} />;
}
