using System.Text.Json.Nodes;
using Bot.Chat;

namespace Bot.Tests.Rights;

/// <summary>Somebody who types every word there is, presses every button they are shown and sends every form that opens, and remembers all of it.</summary>
/// <param name="word">Stands in every text they type.</param>
internal sealed class Walker(Product product, WorkspaceRef workspace, ChatPerson by, Conversation place, string word)
{
    private const int Most = 400;
    private readonly HashSet<ActionRef> _pressed = [];
    private readonly Queue<ActionRef> _waiting = new();

    /// <summary>Forms that opened, with what was sent.</summary>
    public Dictionary<ActionRef, Dictionary<string, string>> Forms { get; } = [];

    public IReadOnlyCollection<ActionRef> Buttons => _pressed;

    /// <summary>Everything that was shown to them, letter by letter.</summary>
    public List<string> Seen { get; } = [];

    /// <summary>Types each word as its help says, with and without what goes behind it.</summary>
    /// <param name="fillings">What stands for <c>initiative</c>, <c>reason</c> and the like; whatever is not among them is typed as it stands there.</param>
    public async Task TypeEverythingAsync(IReadOnlyDictionary<string, string> fillings)
    {
        foreach (var known in product.Get<Catalogue>().Words)
        {
            await TypeAsync(known.Word);
            var parts = known.Arguments.Split(['[', ']', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            foreach (var part in parts.Append(known.Arguments.Replace("[", "").Replace("]", "")))
            {
                await TypeAsync($"{known.Word} {string.Join(' ', part.Split(' ').Select(p => fillings.GetValueOrDefault(p, p)))}");
            }
        }
    }

    public async Task<Reply> TypeAsync(string text) => await HearAsync(new CommandTyped(product.Next(), workspace, by, place, text));

    public async Task<Reply> PressAsync(ActionRef action)
    {
        _pressed.Add(action);
        return await HearAsync(new CardAction(product.Next(), workspace, by, place, action, null));
    }

    public async Task<Reply> SendAsync(ActionRef form, Dictionary<string, string> values) =>
        await HearAsync(new FormSubmitted(product.Next(), workspace, by, place, form, new FormValues(values), null));

    /// <summary>Presses what the cards show, and what is shown for that, until nothing new is shown.</summary>
    /// <param name="but">What would end what the rest is about.</param>
    public async Task PressEverythingAsync(IEnumerable<Card> shown, params string[] but)
    {
        foreach (var card in shown)
        {
            Note(card);
        }

        while (_waiting.TryDequeue(out var next) && _pressed.Count < Most)
        {
            if (!but.Contains(next.Name) && !_pressed.Contains(next) && product.Get<Catalogue>().Action(next.Name) is { IsForm: false })
            {
                await PressAsync(next);
            }
        }
    }

    private async Task<Reply> HearAsync(InboundEvent inbound)
    {
        var reply = await product.HearAsync(inbound);
        switch (reply)
        {
            case Reply.Whisper whisper:
                Note(whisper.Card);
                break;
            case Reply.ReplaceCard replace:
                Note(replace.Card);
                break;
            case Reply.OpenForm open when !Forms.ContainsKey(open.Form.Ref):
                Note(open.Form.Card);
                await FillAsync(open.Form);
                break;
            case Reply.OpenForm open:
                Note(open.Form.Card);
                break;
            case Reply.FieldErrors wrong:
                Note(wrong.Form.Card);
                Seen.AddRange(wrong.Errors.Values);
                break;
        }

        return reply;
    }

    /// <summary>As somebody would who takes what is offered; where that is refused, a number instead, or nothing.</summary>
    private async Task FillAsync(Form form)
    {
        var values = Inputs(form.Card.Content).ToDictionary(input => (string)input["id"]!, Typed);
        Forms[form.Ref] = values;
        foreach (var instead in new[] { null, "3", "" })
        {
            if (await SendAsync(form.Ref, values) is not Reply.FieldErrors wrong)
            {
                return;
            }

            foreach (var field in wrong.Errors.Keys)
            {
                values[field] = instead ?? values[field];
            }
        }
    }

    private string Typed(JsonObject input) => (input["value"]?.ToString(), (string?)input["type"]) switch
    {
        ({ Length: > 0 } value, _) => value,
        (_, "Input.Number") => "3",
        (_, "Input.Date") => product.Clock.Now.AddDays(9).ToString("yyyy-MM-dd"),
        (_, "Input.Time") => "10:00",
        (_, "Input.Toggle") => "false",
        (_, "Input.ChoiceSet") => input["choices"]?.AsArray().LastOrDefault()?["value"]?.ToString() ?? "",
        _ => $"{word} says {input["id"]} in plain words",
    };

    private void Note(Card card)
    {
        Seen.Add(card.Content.ToJsonString(Plain) + card.Text);
        foreach (var action in Within(card.Content).Where(part => (string?)part["type"] == "Action.Execute"))
        {
            _waiting.Enqueue(new ActionRef((string)action["verb"]!, (string?)action["data"]?["_ap"] ?? ""));
        }
    }

    private static System.Text.Json.JsonSerializerOptions Plain { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<JsonObject> Inputs(JsonNode card) => Within(card).Where(part => ((string?)part["type"])?.StartsWith("Input.", StringComparison.Ordinal) == true);

    private static IEnumerable<JsonObject> Within(JsonNode? node) => node switch
    {
        JsonObject part => part.Select(member => member.Value).SelectMany(Within).Prepend(part),
        JsonArray list => list.SelectMany(Within),
        _ => [],
    };
}
