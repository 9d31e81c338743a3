using System.Text.Json;
using System.Text.Json.Nodes;
using Bot.Cards.Expressions;

namespace Bot.Cards;

/// <summary>One card in the Adaptive Cards template language, parsed once and expanded often; safe to share between threads.</summary>
/// <remarks>It does what adaptivecards-templating 2.3.1 does, surprises included, so that a card looks in the product as it does in a designer.</remarks>
public sealed class CardTemplate
{
    private readonly TemplateNode root;

    private CardTemplate(string name, TemplateNode root, IReadOnlyList<CardReference> references)
    {
        Name = name;
        this.root = root;
        References = references;
    }

    public string Name { get; }

    /// <summary>Every property the card reads, in the order of the template.</summary>
    public IReadOnlyList<CardReference> References { get; }

    /// <summary>Reads a card; what could only fail later (an unknown function, a wrong number of arguments) fails here.</summary>
    /// <param name="escape">Applied to every value that goes into a text which platforms read as Markdown; what the template itself says stays Markdown.</param>
    /// <exception cref="CardTemplateException">Names the card, the JSON pointer, what is wrong and what to do.</exception>
    public static CardTemplate Parse(string name, string json, Func<string, string>? escape = null) => Parse(name, json, lenient: false, escape);

    /// <summary>Reads a card as the reference does, which keeps unknown functions and unclosed <c>${</c> until they are shown.</summary>
    internal static CardTemplate ParseLeniently(string name, string json) => Parse(name, json, lenient: true, escape: null);

    /// <summary>The card filled with data, freshly made; the data is read as data, never as expressions.</summary>
    /// <param name="data">What <c>$root</c> and, outside of any <c>$data</c>, a plain property name refer to.</param>
    /// <param name="host">What <c>$host</c> refers to.</param>
    /// <returns>Null when the whole card is dropped by its own <c>$when</c> or an empty <c>$data</c>.</returns>
    /// <exception cref="CardExpansionException">The data cannot be shown: a null inside a text, a date that is none.</exception>
    public JsonNode? Expand(JsonNode? data, JsonNode? host = null)
    {
        var value = Value.Of(data);
        var card = root.Expand(new Scope(value, value, Value.Undefined, host is null ? Value.Undefined : Value.Of(host)));
        return ReferenceEquals(card, TemplateNode.Nothing) ? null : card;
    }

    private static CardTemplate Parse(string name, string json, bool lenient, Func<string, string>? escape)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var compiler = new TemplateCompiler(lenient, escape);
            var compiled = compiler.Compile(document.RootElement.Clone(), new Place(name, ""), []);
            return new CardTemplate(name, compiled, compiler.References);
        }
        catch (JsonException problem)
        {
            throw new CardTemplateException(name, "", $"it is not valid JSON, line {problem.LineNumber + 1}: {problem.Message.TrimEnd('.')}; mend the file", problem);
        }
    }
}
