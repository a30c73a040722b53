import { Component, type ComponentChildren } from 'preact';

/** A fault of ours must not leave a white page in mid-interview: what is recorded is stored, so opening again goes on. */
export class Boundary extends Component<{ fallback: ComponentChildren; children: ComponentChildren }, { failed: boolean }> {
  state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  componentDidCatch(error: unknown) {
    console.error(error);
  }

  render() {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
