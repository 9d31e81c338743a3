using System.Diagnostics;
using System.Text.Json;
using Bot.Cards;
using Bot.Chat;
using Bot.Teams.Cards;

namespace Bot.Teams.Inbound;

/// <summary>A button of a card was pressed, or a form sent that stands in the personal chat: the answer comes in the place of the card.</summary>
internal sealed class TakeButton(HandleInbound handle, Catalogue catalogue, SendReply send, RenderTeams render, SealForms seal, CardBook cards, TimeProvider clock)
{
    private const string Done = "Done.";
    private const string Slow = "This takes longer than usual and goes on. What comes of it follows in our own chat.";
    private const string Unknown = "This button is of an earlier time and does nothing any more.";
    private const string Below = "The answer is below.";
    private const string InOurChat = "The answer is in our own chat.";
    private const string OnlyYou = "The answer is below, for you alone.";
    private const string Unreachable = "The answer is for you alone, and I cannot write to you: add me to your own apps first, then press again.";

    /// <summary><c>adaptiveCard/action</c>.</summary>
    public async Task<TeamsAnswer> PressedAsync(Activity activity, ChatPerson by)
    {
        var pressed = activity.Json.At("value", "action");
        if (pressed.Text("type") is not { } type)
        {
            return TeamsAnswer.Error("BadRequest", "The action is missing.");
        }

        if (type != "Action.Execute")
        {
            return TeamsAnswer.Error("NotSupported", "Only Action.Execute is taken here.");
        }

        // Nobody pressed: Teams asks by itself whether there is a newer card.
        if (activity.Json.Text("value", "trigger") == "automatic")
        {
            return TeamsAnswer.Line("Up to date.");
        }

        var data = pressed.At("data");
        if (ReservedKey.Read(data, pressed.Text("verb")) is not { } action)
        {
            return TeamsAnswer.Error("BadRequest", "The action says nothing of what it is about.");
        }

        return catalogue.Action(action.Name) is { } known ? await AskAsync(Press.Of(activity, by, data, known, action, seal)) : TeamsAnswer.Line(Unknown);
    }

    /// <summary>An Action.Submit outside of a dialog, as clients send it that know no better: it is answered like typed words.</summary>
    public async Task<TeamsAnswer> SubmittedAsync(Activity activity, ChatPerson by, JsonElement data, ActionRef action)
    {
        if (catalogue.Action(action.Name) is not { } known)
        {
            return new TeamsAnswer();
        }

        var press = Press.Of(activity, by, data, known, action, seal);
        var reply = await handle(press.Inbound, CancellationToken.None);
        return new TeamsAnswer(Then: ct => send.ToWordsAsync(reply, press.Origin, ct));
    }

    private async Task<TeamsAnswer> AskAsync(Press press)
    {
        var patience = new Patience(clock);
        // Not cut off when the connector hangs up.
        var work = handle(press.Inbound, CancellationToken.None);
        if (!await patience.IsDoneAsync(work))
        {
            return TeamsAnswer.Line(Slow, async ct => await LateAsync(await work, press, ct));
        }

        var reply = await work;
        return press.Origin.IsPersonal ? InPlace(reply, press) : await InSightOfOthersAsync(reply, press, patience);
    }

    /// <summary>In the personal chat, where nobody else looks on.</summary>
    private TeamsAnswer InPlace(Reply reply, Press press)
    {
        switch (reply)
        {
            case Reply.OpenForm open:
                return TeamsAnswer.Card(seal.Mark(render.Form(open.Form, inDialog: false), press.Origin.Opens(press.Opener)));
            case Reply.FieldErrors wrong:
                return TeamsAnswer.Card(seal.Mark(render.Form(wrong.Form, inDialog: false, wrong.Errors), press.Origin.Opens(press.Opener)));
            case Reply.Whisper whisper when !press.IsForm:
                return TeamsAnswer.Line(Below, ct => send.ToAskerAsync(whisper, press.Origin, ct));
            case Reply.Silence when !press.IsForm:
                return TeamsAnswer.Line(Done);
            case Reply.Silence or Reply.Whisper or Reply.ReplaceCard:
                var card = SendReply.CardOf(reply) ?? cards.Fill(new Notice(Done));
                return TeamsAnswer.Card(render.Card(card, ConversationKind.Personal), Changed(reply, press) is { } message ? ct => send.ChangeAsync(message, card, press.Origin, ct) : null);
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>In a channel or group: what is for the asker alone goes to their own chat, and who pressed is told so.</summary>
    private async Task<TeamsAnswer> InSightOfOthersAsync(Reply reply, Press press, Patience patience)
    {
        switch (reply)
        {
            case Reply.Silence:
                return TeamsAnswer.Line(Done);
            case Reply.ReplaceCard replace when press.Shown is not null:
                return TeamsAnswer.Card(render.Card(replace.Card, press.Origin.Activity.Kind));
        }

        var sending = send.ToAskerAsync(reply, press.Origin, CancellationToken.None);
        return !await patience.IsDoneAsync(sending) ? TeamsAnswer.Line(InOurChat, async _ => await sending) : TeamsAnswer.Line(await sending switch
        {
            Sent.Targeted => OnlyYou,
            Sent.Not => Unreachable,
            _ => InOurChat,
        });
    }

    /// <summary>The invoke was answered long ago.</summary>
    private async Task LateAsync(Reply reply, Press press, CancellationToken ct)
    {
        if (SendReply.CardOf(reply) is { } card && press.Origin.IsPersonal && Changed(reply, press) is { } message)
        {
            await send.ChangeAsync(message, card, press.Origin, ct);
        }
        else
        {
            await send.ToAskerAsync(reply, press.Origin, ct);
        }
    }

    /// <summary>The message that has to become the answer for good: on other devices, and after Teams was opened again.</summary>
    private static MessageRef? Changed(Reply reply, Press press) => press.IsForm ? press.Shown ?? (reply is Reply.ReplaceCard ? press.Opener : null) : reply is Reply.ReplaceCard ? press.Shown : null;
}
