using System.Diagnostics;
using System.Text.Json;
using Bot.Chat;
using Bot.Teams.Cards;

namespace Bot.Teams.Inbound;

/// <summary>Dialogs: <c>task/fetch</c> asks what is in one, <c>task/submit</c> brings what was filled in or pressed there. Nobody else sees what is in it.</summary>
internal sealed class TakeDialog(HandleInbound handle, Catalogue catalogue, SendReply send, RenderTeams render, SealForms seal, TimeProvider clock)
{
    private const string Title = "Afterpilot";
    private const string Done = "Done.";
    private const string Slow = "This takes longer than usual and goes on. What comes of it follows in our own chat.";
    private const string Unknown = "This button is of an earlier time and does nothing any more.";

    public async Task<TeamsAnswer> TakeAsync(Activity activity, ChatPerson by)
    {
        var data = activity.Json.At("value", "data");
        if (ReservedKey.Read(data, null) is not { } action || catalogue.Action(action.Name) is not { } known)
        {
            return TeamsAnswer.DialogLine(Unknown);
        }

        var press = Press.Of(activity, by, data, known, action, seal);
        var patience = new Patience(clock);
        // Not cut off when the connector hangs up.
        var work = handle(press.Inbound, CancellationToken.None);
        return await patience.IsDoneAsync(work) ? Answer(await work, press) : TeamsAnswer.DialogLine(Slow, async ct => await send.ToAskerAsync(await work, press.Origin, ct));
    }

    private TeamsAnswer Answer(Reply reply, Press press) => reply switch
    {
        Reply.OpenForm open => Form(open.Form, null, press),
        Reply.FieldErrors wrong => Form(wrong.Form, wrong.Errors, press),
        Reply.Silence => press.IsForm ? TeamsAnswer.Closed : TeamsAnswer.DialogLine(Done),
        Reply.Whisper or Reply.ReplaceCard => TeamsAnswer.Dialog(Title, render.Dialog(SendReply.CardOf(reply)!)),
        _ => throw new UnreachableException(),
    };

    private TeamsAnswer Form(Form form, IReadOnlyDictionary<string, string>? errors, Press press) =>
        TeamsAnswer.Dialog(form.Title, seal.Mark(render.Form(form, inDialog: true, errors), press.Origin.Opens(press.Opener)));
}
