using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Bot.Chat;

namespace Bot.Cards;

/// <summary>Every card the bot can say, parsed once at start; a template with a fault stops the start and names it.</summary>
public sealed class CardBook
{
    private static readonly JsonSerializerOptions Fields = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Dictionary<string, CardTemplate> _templates;

    private CardBook(Dictionary<string, CardTemplate> templates) => _templates = templates;

    public IReadOnlyDictionary<string, CardTemplate> Templates => _templates;

    /// <summary>Reads <c>cards/</c> beside the program, wherever it was started from. What people wrote never acts as Markdown on them.</summary>
    public static CardBook Open() => Open(Path.Combine(AppContext.BaseDirectory, "cards"));

    public static CardBook Open(string folder) => new(Directory.EnumerateFiles(folder, "*.json")
        .Select(file => CardTemplate.Parse(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file), MarkdownText.Escape))
        .ToDictionary(t => t.Name));

    public Card Fill<TData>(TData data)
        where TData : ICardData
    {
        var template = _templates.GetValueOrDefault(TData.Template)
            ?? throw new InvalidOperationException($"cards/{TData.Template}.json is missing beside the program.");
        var content = template.Expand(JsonSerializer.SerializeToNode(data, Fields))!.AsObject();
        return new Card(TData.Template, content, content["fallbackText"]?.ToString() ?? "");
    }

    /// <summary>A card with inputs; its submit action's verb is <paramref name="name"/>.</summary>
    public Form FillForm<TData>(string name, string key, string title, TData data)
        where TData : ICardData => new(new ActionRef(name, key), title, Fill(data));
}
