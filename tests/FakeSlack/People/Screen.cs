using System.Text.Json.Nodes;
using FakeSlack.Deliver;
using FakeSlack.World;

namespace FakeSlack.People;

/// <summary>A view as a person has it before them.</summary>
public abstract class Screen
{
    private protected Screen(Person person, View view)
    {
        Person = person;
        View = view;
    }

    public string Id => View.Id;

    public string Title => View.Title;

    /// <summary>Every text on it.</summary>
    public string Words => Read(() => string.Join('\n', [View.Title, .. BlockTree.Texts(View.Blocks)]));

    /// <summary>The blocks as they stand.</summary>
    public JsonArray Blocks => Read(() => View.Blocks.DeepClone().AsArray());

    internal Person Person { get; }

    internal View View { get; }

    /// <summary>What stands in a field: the text, or the values of the options joined by commas.</summary>
    public string Value(string field) => Read(() => Show(View.State.ValueOf(Typing.Find(View.Blocks, field, element => FormState.IsStateful(element.Type)))));

    /// <summary>Types or chooses; tells the app at once where the field says so.</summary>
    /// <param name="field">Label, block id or action id.</param>
    /// <param name="values">Texts or values of options; none empties the field.</param>
    /// <returns>Null when the app is not told.</returns>
    public async Task<Delivery?> FillAsync(string field, params string[] values)
    {
        JsonObject payload;
        lock (Person.World.Gate)
        {
            MustBeOpen();
            var element = Typing.Find(View.Blocks, field, found => FormState.IsStateful(found.Type));
            View.State.Set(element, Typing.Value(element, values));
            if (!Typing.Dispatches(element))
            {
                return null;
            }

            payload = Person.Payloads.OnView(View, Person.Member, Typing.Action(element, View.State, Person.World.Ids.Ts()));
        }

        return await Person.ActAsync(payload);
    }

    /// <param name="button">Its words or action id.</param>
    /// <param name="option">Of a menu.</param>
    public async Task<Delivery> PressAsync(string button, string? option = null)
    {
        JsonObject payload;
        lock (Person.World.Gate)
        {
            MustBeOpen();
            payload = Person.Payloads.OnView(View, Person.Member, Typing.Pressed(Typing.Find(View.Blocks, button, Typing.IsPressed), option, Person.World.Ids.Ts()));
        }

        return await Person.ActAsync(payload);
    }

    /// <summary>Waits until it says something.</summary>
    public Task SeesAsync(string words) => Person.World.UntilAsync($"\"{words}\" on {View.Type} {View.Id}", () => Words.Contains(words, StringComparison.Ordinal) ? this : null);

    internal T Read<T>(Func<T> what)
    {
        lock (Person.World.Gate)
        {
            return what();
        }
    }

    /// <exception cref="ImpossibleException">It is closed, or another is on top of it.</exception>
    internal abstract void MustBeOpen();

    private static string Show(JsonNode? value) => value switch
    {
        null => "",
        JsonArray list => string.Join(',', list.Select(Show)),
        JsonObject option => (string?)option["value"] ?? "",
        _ => value.ToString(),
    };
}

/// <summary>Somebody's App Home.</summary>
public sealed class HomeTab : Screen
{
    internal HomeTab(Person person, View view)
        : base(person, view)
    {
    }

    internal override void MustBeOpen() => Person.MustHaveNoWindow();
}
