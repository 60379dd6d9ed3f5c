/** For `debug`: what the agents for proxies would print on the screen where DEBUG is set. */
export default () => () => {};
