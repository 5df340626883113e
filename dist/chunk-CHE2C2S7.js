function usesColour(asked,stream,env){if(asked!==void 0)return asked;let refused=env.NO_COLOR!==void 0&&env.NO_COLOR!=="";return stream.isTTY===!0&&!refused&&env.TERM!=="dumb"}export{usesColour};
