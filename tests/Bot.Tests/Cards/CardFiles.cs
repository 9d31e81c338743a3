using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Bot.Cards;
using Bot.Chat;
using Microsoft.Extensions.DependencyInjection;

namespace Bot.Tests.Cards;

/// <summary>The templates and samples of cards/ with the records that fill them, as the tests of their contract walk them.</summary>
internal static class CardFiles
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "cards");
    private static readonly MethodInfo FillMethod = typeof(CardBook).GetMethod(nameof(CardBook.Fill))!;

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        PropertyNameCaseInsensitive = false,
    };

    public static CardBook Book { get; } = CardBook.Open();

    public static Catalogue Catalogue { get; } = new ServiceCollection().AddBot().BuildServiceProvider().GetRequiredService<Catalogue>();

    public static ILookup<string, Type> Records { get; } = typeof(ICardData).Assembly.GetTypes()
        .Where(type => type is { IsInterface: false } && type.IsAssignableTo(typeof(ICardData)))
        .ToLookup(type => (string)type.GetProperty(nameof(ICardData.Template), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!);

    public static IReadOnlyDictionary<string, string> Templates { get; } = Read(Folder);

    public static IReadOnlyDictionary<string, string> Samples { get; } = Read(Path.Combine(Folder, "samples"));

    public static TheoryData<string> EveryTemplate => [.. Templates.Keys];

    public static TheoryData<string> EveryForm => [.. Templates.Keys.Where(IsForm)];

    public static TheoryData<string> EverySample => [.. Samples.Keys];

    public static bool IsForm(string template) => template.EndsWith("-form", StringComparison.Ordinal);

    public static string TemplateOf(string sample) => sample.Split('.')[0];

    public static Type RecordOf(string template) => Records[template].Single();

    public static JsonObject Template(string name) => JsonNode.Parse(Templates[name])!.AsObject();

    public static JsonObject Sample(string name) => JsonNode.Parse(Samples[name])!.AsObject();

    /// <summary>The card of a sample, by the same way the product takes.</summary>
    public static Card Fill(string sample) => Fill(TemplateOf(sample), Sample(sample));

    public static Card Fill(string template, JsonObject data)
    {
        var record = RecordOf(template);
        return (Card)FillMethod.MakeGenericMethod(record).Invoke(Book, BindingFlags.DoNotWrapExceptions, null, [data.Deserialize(record, Strict)], null)!;
    }

    /// <summary>Every object in a card or template, from the outside in.</summary>
    public static IEnumerable<JsonObject> Objects(JsonNode? within) => within switch
    {
        JsonObject map => map.SelectMany(member => Objects(member.Value)).Prepend(map),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    /// <summary>Every text in a card or template; property names are not among them.</summary>
    public static IEnumerable<string> Texts(JsonNode? within) => within switch
    {
        JsonObject map => map.SelectMany(member => Texts(member.Value)),
        JsonArray list => list.SelectMany(Texts),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };

    /// <param name="type">"TextBlock", or a whole family: "Input.", "Action.".</param>
    public static IEnumerable<JsonObject> OfType(JsonNode? within, string type) => Objects(within).Where(part =>
        (string?)part["type"] is { } own && (own == type || (type.EndsWith('.') && own.StartsWith(type, StringComparison.Ordinal))));

    /// <summary>The same data without anything that may be missing: nullable properties null, and lists empty if wished.</summary>
    public static JsonObject Bare(Type record, JsonObject data, bool emptyLists)
    {
        var bare = new JsonObject();
        foreach (var property in record.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            bare[name] = MayBeNull(property) ? null
                : ItemOf(property.PropertyType) is not { } item ? data[name]?.DeepClone()
                : new JsonArray([.. emptyLists ? [] : data[name]!.AsArray().Select(entry => entry is JsonObject map ? Bare(item, map, emptyLists) : entry?.DeepClone())]);
        }

        return bare;
    }

    /// <summary>What a list holds; null for anything else.</summary>
    public static Type? ItemOf(Type type) => type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)) ? type.GetGenericArguments().Single() : null;

    private static bool MayBeNull(PropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is not null
        || (!property.PropertyType.IsValueType && new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable);

    private static Dictionary<string, string> Read(string folder) => Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);
}
