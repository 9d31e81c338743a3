using System.Text.Json.Nodes;
using Bot.Cards;
using Bot.Chat;

namespace Bot.Teams.Cards;

/// <summary>Dresses cards for Teams: its extras, its buttons, its limits. The templates are Adaptive Cards already.</summary>
public sealed class RenderTeams(Catalogue catalogue)
{
    private const string ContentType = "application/vnd.microsoft.card.adaptive";
    private const int LongestSummary = 250;

    private readonly TypedWords _words = new(catalogue);

    /// <summary>A card as an activity of type message: no text beside it, which Teams would split off into a message of its own and return no id.</summary>
    public JsonObject Message(Card card, ConversationKind kind) => new()
    {
        ["type"] = "message",
        // What the notification says.
        ["summary"] = Say.Quoted(_words.In(card.Text), LongestSummary),
        ["attachments"] = new JsonArray(Attachment(Card(card, kind))),
    };

    /// <summary>A form as an activity of type message: in the personal chat, where it cannot be a dialog.</summary>
    public JsonObject Message(Form form, IReadOnlyDictionary<string, string>? errors = null) => new()
    {
        ["type"] = "message",
        ["summary"] = Say.Quoted(_words.In(form.Card.Text), LongestSummary),
        ["attachments"] = new JsonArray(Attachment(Form(form, inDialog: false, errors))),
    };

    /// <summary>The content of a card shown in a conversation of this kind, for a message or as the answer to a pressed button.</summary>
    public JsonObject Card(Card card, ConversationKind kind) => Dress(card.Name, card.Content, kind == ConversationKind.Personal ? Surface.Personal : Surface.Shared);

    /// <summary>The content of a card without inputs that is shown in a dialog; its buttons arrive as <c>task/submit</c>.</summary>
    public JsonObject Dialog(Card card) => Dress(card.Name, card.Content, Surface.Dialog);

    /// <summary>The content of a form.</summary>
    /// <param name="inDialog">Whether it is answered to <c>task/fetch</c> or <c>task/submit</c> and sent as <c>task/submit</c>; otherwise as <c>adaptiveCard/action</c>.</param>
    /// <param name="errors">By field id, plain text. Teams has no place for them: each is a line under its field.</param>
    public JsonObject Form(Form form, bool inDialog, IReadOnlyDictionary<string, string>? errors = null)
    {
        var content = form.Card.Content.DeepClone().AsObject();
        FieldErrors.Show(content, errors ?? new Dictionary<string, string>());
        foreach (var other in CardParts.Actions(content).Where(action => (string?)action["verb"] != form.Ref.Name))
        {
            // Whoever does not send the form need not have filled it.
            other["associatedInputs"] = "none";
        }

        return Dress(form.Card.Name, content, inDialog ? Surface.Dialog : Surface.Personal);
    }

    private static JsonObject Attachment(JsonObject content) => new() { ["contentType"] = ContentType, ["content"] = content };

    private JsonObject Dress(string name, JsonObject filled, Surface surface)
    {
        var content = filled.DeepClone().AsObject();
        Check(name, content);
        _words.Say(content);
        Extras.Add(content, surface);
        Buttons.Arrange(content, surface, catalogue);
        FitCard.Fit(content);
        return content;
    }

    /// <summary>Of two inputs of one id Teams sends the last, and one called as our key would write over it.</summary>
    private static void Check(string name, JsonObject content)
    {
        var ids = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { ReservedKey.Name, ReservedKey.OfTeams };
        if (CardParts.Inputs(content).FirstOrDefault(input => !ids.Add((string)input["id"]!)) is { } clash)
        {
            throw new InvalidOperationException($"The card '{name}' cannot have an input '{clash["id"]}': the id is there twice, or kept for the bot.");
        }
    }
}
