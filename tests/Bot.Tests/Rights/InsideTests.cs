using Bot.Chat;

namespace Bot.Tests.Rights;

// Rights within a workspace, walked over every button, form and word: somebody who is in no channel, and somebody who takes part and neither owns nor administers anything.
// Settings, stages, keys, pauses and exports stay as they are, whatever they press and send.
public sealed class InsideTests : IAsyncLifetime
{
    /// <summary>What belongs to the owner and to admins.</summary>
    private static readonly string[] Theirs = ["Workspaces", "Initiatives", "Loops", "StageChanges", "EvidenceKeys", "SkippedDates", "Holidays", "Thresholds", "Portfolios", "Rebases", "Participants"];
    private Product _product = null!;
    private LivedWorkspace _lived = null!;
    private Rows _before = null!;

    public async Task InitializeAsync()
    {
        _product = await Product.StartAsync();
        _lived = await LivedWorkspace.LiveAsync(_product);
        _before = await Rows.ReadAsync(_product);
    }

    public async Task DisposeAsync() => await _product.DisposeAsync();

    [Fact]
    public async Task Somebody_in_no_channel_changes_nothing_that_is_there()
    {
        await _product.TypeAsync("ana", $"workshop {LivedWorkspace.TheInitiative}");
        await _product.RunAsync();
        _before = await Rows.ReadAsync(_product);
        var mia = new Walker(_product, _product.Workspace, new ChatPerson("mia", "Mia", "Europe/Paris", false), _product.Personal("mia"), "mia");

        await WalkAsync(mia);

        var after = await Rows.ReadAsync(_product);
        // What was sent long ago, and what was heard, is tidied up by itself.
        Assert.Equal("", string.Join('\n', _before.Without(after).Where(row => row.Split(':')[0] is not ("Outbox" or "Inbox"))));
        AssertNothingGiven(mia);
    }

    [Fact]
    public async Task Somebody_who_takes_part_leaves_settings_stages_keys_pauses_and_exports_to_the_owner_and_admins()
    {
        var ben = new Walker(_product, _product.Workspace, new ChatPerson("ben"), new Conversation(Product.Team, ConversationKind.Channel, "quokka-room"), "ben");

        await WalkAsync(ben);

        var after = await Rows.ReadAsync(_product);
        var changed = _before.Without(after).Where(row => Theirs.Contains(row.Split(':')[0])).SelectMany(row => Cells(row).Except(after.ByTable[row.Split(':')[0]].Select(Cells).FirstOrDefault(cells => cells[0] == Cells(row)[0]) ?? []));
        // In a workshop, which anybody in the channel may begin, those in the channel write the outcome together.
        Assert.Equal("", string.Join('\n', changed.Where(cell => !cell.StartsWith("Outcome_", StringComparison.Ordinal))));
        AssertNothingGiven(ben);
    }

    /// <summary>Types every word, with the names of here; presses and sends all that was ever shown to the owner and to an admin.</summary>
    private async Task WalkAsync(Walker walker)
    {
        await walker.TypeEverythingAsync(LivedWorkspace.Fillings(LivedWorkspace.TheInitiative, "theirs"));
        foreach (var button in _lived.Buttons)
        {
            await walker.PressAsync(button);
        }

        foreach (var (form, values) in _lived.Forms)
        {
            await walker.SendAsync(form, values.ToDictionary(v => v.Key, v => v.Value.Replace(LivedWorkspace.Mark, "theirs", StringComparison.OrdinalIgnoreCase)));
        }

        await _product.RunAsync();
    }

    private static List<string> Cells(string row) => [.. row[(row.IndexOf(": ", StringComparison.Ordinal) is var at && at > 0 && at < row.IndexOf('=', StringComparison.Ordinal) ? at + 2 : 0)..].Split(" | ")];

    private static void AssertNothingGiven(Walker walker) => Assert.All(walker.Seen, seen =>
    {
        Assert.DoesNotContain("https://pilot.test/exports", seen);
        Assert.DoesNotContain("https://pilot.test/imports", seen);
        Assert.DoesNotMatch("ap_[A-Za-z0-9_-]{43}", seen);
    });
}
