import{LONGEST_SUMMARY}from"./chunk-L7LEXQOW.js";import{renderMarkdown}from"./chunk-VXO6GNFM.js";var LONGEST_TITLE=200;function titled(outcome,{verdict}){let{conclusion,title}=outcome,told=verdict==="unverified"?`Could not verify: ${lower(title)}`:title;return{conclusion,title:told.slice(0,LONGEST_TITLE)}}function lower(title){return title.charAt(0).toLowerCase()+title.slice(1)}function checkSummary(report,options,notes){let head=notes.map(note=>`> ${note}

`).join("");return head+renderMarkdown(report,{...options,limit:LONGEST_SUMMARY-head.length})}export{titled,checkSummary};
