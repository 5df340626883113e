function grouped(number){return String(number).replaceAll(/\B(?=(?:\d{3})+$)/g,",")}export{grouped};
