using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Bot.Chat;
using Bot.Teams.Cards;
using Bot.Teams.Connector;
using Microsoft.Extensions.Logging;

namespace Bot.Teams.Inbound;

/// <summary>Brings the product's reply to the asker alone, as messages: to the chat they asked in, or to their own where others would read it.</summary>
internal sealed partial class SendReply(ConnectorClient connector, TeamsPlatform platform, RenderTeams render, SealForms seal, TeamsOptions options, ILogger<SendReply> log)
{
    private const string Answered = "I have answered in our own chat.";
    private const string Asked = "The form is in our own chat.";
    private const string Unreachable = "The answer is for you alone, and I cannot write to you: add me to your own apps first (Apps, Afterpilot, Add), then ask again.";

    /// <summary>Several are told the very same card when they ask at the same moment.</summary>
    private readonly ConditionalWeakTable<Card, ActivityJson> _told = [];

    /// <summary>The reply to typed words.</summary>
    public async Task ToWordsAsync(Reply reply, Origin origin, CancellationToken ct)
    {
        if (await ToAskerAsync(reply, origin, ct) is not { } sent || origin.IsPersonal || sent == Sent.Targeted)
        {
            return;
        }

        var words = sent == Sent.Not ? Unreachable : reply is Reply.OpenForm or Reply.FieldErrors ? Asked : Answered;
        if (origin.Activity.IsTargeted)
        {
            // What nobody else saw asked, nobody else sees answered.
            await TargetedAsync(new JsonObject { ["type"] = "message", ["text"] = words }, origin, ct);
            return;
        }

        Log(await connector.SendAsync(At(origin), Mention(origin, words), ct), origin);
    }

    /// <summary>Null where there is nothing to send.</summary>
    public async Task<Sent?> ToAskerAsync(Reply reply, Origin origin, CancellationToken ct)
    {
        switch (reply)
        {
            case Reply.Silence:
                return null;
            case Reply.OpenForm open:
                return await PrivatelyAsync(Form(open.Form, null, origin), origin, ct);
            case Reply.FieldErrors wrong:
                return await PrivatelyAsync(Form(wrong.Form, wrong.Errors, origin), origin, ct);
            case Reply.Whisper or Reply.ReplaceCard:
                var card = CardOf(reply)!;
                if (!origin.IsPersonal && options.TargetedMessages && await TargetedAsync(render.Message(card, origin.Activity.Kind), origin, ct))
                {
                    return Sent.Targeted;
                }

                return await PrivatelyAsync(_told.GetValue(card, told => new ActivityJson(render.Message(told, ConversationKind.Personal))), origin, ct);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Changes a message of the asker's own chat. One that others see is changed by the product alone, which knows what it is.</summary>
    public async Task ChangeAsync(MessageRef message, Card card, Origin origin, CancellationToken ct)
    {
        if (origin.IsPersonal)
        {
            Log(await connector.UpdateAsync(At(origin), message.MessageId, render.Message(card, ConversationKind.Personal), ct), origin);
        }
    }

    public static Card? CardOf(Reply reply) => reply switch
    {
        Reply.Whisper whisper => whisper.Card,
        Reply.ReplaceCard replace => replace.Card,
        _ => null,
    };

    private ActivityJson Form(Form form, IReadOnlyDictionary<string, string>? errors, Origin origin)
    {
        var message = render.Message(form, errors);
        seal.Mark(message["attachments"]![0]!["content"]!.AsObject(), origin.Opens(null));
        return new ActivityJson(message);
    }

    private async Task<Sent> PrivatelyAsync(ActivityJson message, Origin origin, CancellationToken ct)
    {
        if (origin.IsPersonal)
        {
            var result = await connector.SendAsync(At(origin), message, ct);
            Log(result, origin);
            return result is ConnectorResult.Ok ? Sent.Privately : Sent.Not;
        }

        if (await platform.ToPersonAsync(origin.Activity.TenantId, origin.By.Id, message, ct) is PostOutcome.Posted)
        {
            return Sent.Privately;
        }

        LogNotShown(origin.Activity.TenantId, "no chat with the asker");
        return Sent.Not;
    }

    private async Task<bool> TargetedAsync(JsonObject message, Origin origin, CancellationToken ct)
    {
        message["recipient"] = new JsonObject { ["id"] = origin.Activity.Json.Text("from", "id") };
        var result = await connector.SendTargetedAsync(At(origin), message, ct);
        Log(result, origin);
        return result is ConnectorResult.Ok;
    }

    /// <summary>The text and the mention's must be the same, letter for letter; a name is what its owner calls themselves, and no markup.</summary>
    private static JsonObject Mention(Origin origin, string words)
    {
        var name = (origin.By.Name ?? "you").Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
        var mention = $"<at>{name}</at>";
        return new JsonObject
        {
            ["type"] = "message",
            ["text"] = $"{mention} {words}",
            ["textFormat"] = "xml",
            ["entities"] = new JsonArray(new JsonObject
            {
                ["type"] = "mention",
                ["text"] = mention,
                ["mentioned"] = new JsonObject { ["id"] = origin.Activity.Json.Text("from", "id"), ["name"] = name },
            }),
        };
    }

    private static Place At(Origin origin) => new(origin.Activity.TenantId, origin.Activity.ServiceUrl, origin.Activity.ConversationId);

    private void Log(ConnectorResult result, Origin origin)
    {
        if (result is not ConnectorResult.Ok)
        {
            LogNotShown(origin.Activity.TenantId, result switch
            {
                ConnectorResult.Refused refused => refused.Code,
                ConnectorResult.NotNow notNow => notNow.Why,
                ConnectorResult.Unclear unclear => unclear.Why,
                _ => "",
            });
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An answer was not shown in tenant {TenantId}: {Why}")]
    private partial void LogNotShown(string tenantId, string why);
}

/// <summary>How an answer reached the asker.</summary>
internal enum Sent
{
    /// <summary>It did not.</summary>
    Not,
    Privately,

    /// <summary>Where they asked, seen by them alone.</summary>
    Targeted,
}
