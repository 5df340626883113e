var UserError=class extends Error{hint;exitCode;constructor(message,options={}){super(message),this.name="UserError",this.hint=options.hint,this.exitCode=options.exitCode??2}};export{UserError};
