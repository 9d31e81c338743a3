using Bot.Chat;
using Bot.Initiatives;
using Bot.Loops;
using Microsoft.EntityFrameworkCore;

namespace Bot.Tests.Rights;

// The whole of the product, walked by an admin of another workspace who knows every id of this one: every word, every button and every form that is registered.
// Nothing of this workspace is told, and nothing of it changes.
public sealed class AnotherWorkspaceTests(InALivedWorkspace lived) : IClassFixture<InALivedWorkspace>
{
    private static readonly WorkspaceRef Theirs = new(RecordingChat.TheName, "globex", "Globex");
    private static readonly Conversation Room = new("channel-bilby", ConversationKind.Channel, "bilby");
    private static readonly ChatPerson Zoe = new("zoe", "Bilby Zoe", "Europe/Paris", IsAdmin: true);
    private readonly Product _product = lived.Product;
    private readonly LivedWorkspace _lived = lived.Lived;
    private Dictionary<Type, string> _ids = null!;
    private Rows _before = null!;
    private Walker _zoe = null!;

    [Fact]
    public void The_walk_through_this_workspace_met_every_button_and_form_there_is()
    {
        var met = _lived.Buttons.Select(b => b.Name).Concat(_lived.Forms.Select(f => f.Key.Name)).ToHashSet();
        var registered = _product.Get<IEnumerable<ActionName>>().Select(a => a.Name);

        // What ends a tie is shown only where two workspaces are tied; it is pressed below with every id.
        Assert.Equal("", string.Join(", ", registered.Where(name => name != Bot.Ties.EndTie.Action && !met.Contains(name)).Distinct().Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task An_admin_of_another_workspace_with_all_ids_of_this_one_is_told_nothing_and_changes_nothing()
    {
        _ids = await LivedWorkspace.IdsAsync(_product);
        _before = await Rows.ReadAsync(_product);
        await _product.HearAsync(new MembersChanged(_product.Next(), Theirs, Room, [Zoe, new ChatPerson("yan", "Bilby Yan")], []));
        _zoe = new Walker(_product, Theirs, Zoe, Room, "bilby");
        await _zoe.TypeEverythingAsync(LivedWorkspace.Fillings("Bilby helper", "bilby"));
        await _zoe.PressEverythingAsync([]);
        var own = _zoe.Forms.ToDictionary();
        var buttons = _zoe.Buttons.ToList();

        await TypeForeignAsync();
        await PressForeignAsync(buttons);
        await SendForeignAsync(own);
        await _product.RunAsync();

        Assert.All(_zoe.Seen, seen => Assert.DoesNotContain(LivedWorkspace.Mark, seen, StringComparison.OrdinalIgnoreCase));
        var after = await Rows.ReadAsync(_product);
        Assert.Equal([], _before.Without(after));
        AssertNothingPointsHere(after);
        var theirs = await _product.UseAsync(db => db.Workspaces.Where(w => w.ExternalId == Theirs.Id).Select(w => w.Id).SingleAsync());
        Assert.All(await _product.UseAsync(db => db.Outbox.Where(o => o.WorkspaceId == theirs).ToListAsync()), card => Assert.DoesNotContain(LivedWorkspace.Mark, card.Card, StringComparison.OrdinalIgnoreCase));
    }

    private async Task TypeForeignAsync()
    {
        foreach (var (word, argument) in from word in _product.Get<Catalogue>().Words from argument in new[] { _ids[typeof(Initiative)], _ids[typeof(Loop)], $"<#{Product.Team}>" } select (word, argument))
        {
            await _zoe.TypeAsync($"{word.Word} {argument}");
        }
    }

    /// <summary>Each button with the keys it has here, with each id of here, and with keys that are half theirs.</summary>
    private async Task PressForeignAsync(List<ActionRef> own)
    {
        var foreign = _lived.Buttons.Concat(_product.Get<IEnumerable<ActionName>>().Where(a => !a.IsForm).SelectMany(a => _ids.Values.Select(id => new ActionRef(a.Name, id))))
            .Concat(Halves(own, _lived.Buttons)).Distinct().ToList();
        foreach (var action in foreign.Where(a => _product.Get<Catalogue>().Action(a.Name) is { IsForm: false }))
        {
            await _zoe.PressAsync(action);
        }
    }

    private async Task SendForeignAsync(Dictionary<ActionRef, Dictionary<string, string>> own)
    {
        foreach (var (form, values) in _lived.Forms)
        {
            foreach (var key in Halves([.. own.Keys], [form]).Prepend(form))
            {
                await _zoe.SendAsync(key, Unmarked(values));
            }
        }

        // Their own forms, filled with what is ours: an owner, people, a channel.
        foreach (var (form, values) in own)
        {
            foreach (var (field, id) in from field in values.Keys from id in new[] { _ids[typeof(Person)], _ids[typeof(Channel)], _ids[typeof(Initiative)] } select (field, id))
            {
                await _zoe.SendAsync(form, new(values) { [field] = id });
            }
        }
    }

    /// <summary>Keys of two parts or more: one part theirs, the others ours.</summary>
    private static IEnumerable<ActionRef> Halves(IReadOnlyCollection<ActionRef> theirs, IEnumerable<ActionRef> ours) =>
        from our in ours
        let parts = our.Key.Split(':')
        where parts.Length > 1
        from their in theirs.Where(t => t.Name == our.Name)
        let others = their.Key.Split(':')
        where others.Length == parts.Length
        from at in Enumerable.Range(0, parts.Length)
        select new ActionRef(our.Name, string.Join(':', parts.Select((part, i) => i == at ? others[i] : part)));

    private static Dictionary<string, string> Unmarked(Dictionary<string, string> values) =>
        values.ToDictionary(v => v.Key, v => v.Value.Replace(LivedWorkspace.Mark, "bilby", StringComparison.OrdinalIgnoreCase));

    /// <summary>No new row names one of ours as what it belongs to, who did it or whose it is; what they typed as a text is theirs.</summary>
    private void AssertNothingPointsHere(Rows after)
    {
        foreach (var (table, rows) in after.ByTable)
        {
            foreach (var row in rows.Except(_before.ByTable[table]))
            {
                var names = row.Split(" | ").Where(cell => cell.Split('=')[0] is var column && (column.EndsWith("Id", StringComparison.Ordinal) || column.EndsWith("By", StringComparison.Ordinal)))
                    .Select(cell => cell.Split('=')[1].Replace("-", "", StringComparison.Ordinal).ToLowerInvariant());
                Assert.True(!names.Intersect(_ids.Values).Any(), $"{table}: {row}");
            }
        }
    }
}
