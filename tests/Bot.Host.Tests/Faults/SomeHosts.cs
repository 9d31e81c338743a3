namespace Bot.Host.Tests.Faults;

/// <summary>Hosts on one store; one that dies is replaced.</summary>
internal sealed class SomeHosts : IAsyncDisposable
{
    private readonly SlackCrowd _crowd;
    private readonly HostProcess[] _hosts;
    private readonly List<HostProcess> _dead = [];

    private SomeHosts(SlackCrowd crowd, HostProcess[] hosts) => (_crowd, _hosts) = (crowd, hosts);

    public IReadOnlyList<HostProcess> Alive => [.. _hosts.Where(host => !_dead.Contains(host))];

    public static async Task<SomeHosts> StartAsync(SlackCrowd crowd, int count) =>
        new(crowd, await Task.WhenAll(Enumerable.Range(0, count).Select(_ => crowd.HostAsync())));

    /// <summary>People reach any of those that listen from now on.</summary>
    public void PointToAny(Random random)
    {
        var listening = Alive.Where(host => host.Address is not null).ToList();
        if (listening.Count > 0)
        {
            _crowd.Slack.App.PointToPathsOf(listening[random.Next(listening.Count)].Address);
        }
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync(HostProcess host)
    {
        await host.KillAsync();
        _dead.Add(host);
    }

    /// <summary>Another one for each that died; it looks at what is due as soon as it is there.</summary>
    public Task ReplaceDeadAsync()
    {
        var replaced = Enumerable.Range(0, _hosts.Length).Where(number => _dead.Contains(_hosts[number])).ToList();
        replaced.ForEach(number => _hosts[number] = HostProcess.Launch(null, _crowd.Settings));
        return Task.WhenAll(replaced.Select(number => _hosts[number].ListensAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts.Union(_dead))
        {
            await host.DisposeAsync();
        }
    }
}
