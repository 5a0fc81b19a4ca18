using System.Diagnostics;
using FossVoices.Flows;
using FossVoices.Storage;

namespace FossVoices.Tests.Storage;

/// <summary>What disks and other programs do to a database. Whoever answers is asked to try again, and once the cause is gone that works, without a restart.</summary>
public sealed class DiskTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_another_program_holds_the_database_nothing_is_taken_and_then_all_goes_on()
    {
        await using var store = await Store.OpenAsync();
        await store.BeginAsync();
        using (var holder = await HoldAsync(store.Folder))
        {
            await Assert.ThrowsAsync<StorageUnavailable>(() => store.SayAsync("1", SmallFlow.Choose("upstream"), asked: 0));
            Assert.Equal(0, (await store.LoadAsync()).Revision); // Readers never wait.
            holder.StandardInput.Close();
            await holder.WaitForExitAsync(Cancellation);
        }

        Assert.IsType<Kept.Now>(await store.SayAsync("1", SmallFlow.Choose("upstream"), asked: 0));
    }

    [Fact]
    public async Task When_the_disk_is_full_nothing_is_half_done_and_room_is_all_it_takes()
    {
        using var disk = await Disk.OfAsync(megabytes: 6);
        await using var store = await Store.OpenAsync(Path.Combine(disk.Folder, "data"), _ => { });
        var filler = Path.Combine(disk.Folder, "filler");
        await File.WriteAllBytesAsync(filler, new byte[3 << 20], Cancellation);
        var kept = 0;
        await Assert.ThrowsAsync<StorageUnavailable>(async () =>
        {
            for (; kept < 5000; kept++)
            {
                await store.BeginAsync($"p{kept}", $"s{kept}");
                await store.SayAsync($"{kept}", new Reply.Chose(["upstream"]), $"s{kept}");
            }
        });
        Assert.True(kept > 10, $"{kept} people");

        File.Delete(filler);
        Assert.True(await store.AskAsync<long>("select count(*) from session") is var sessions && (sessions == kept || sessions == kept + 1));
        await store.BeginAsync("after", "after");
        Assert.IsType<Kept.Now>(await store.SayAsync("after", SmallFlow.Choose("upstream"), "after"));
        Assert.Equal(kept, await store.AskAsync<long>("select count(*) from answer where session <> 'after'"));
        Assert.Equal("ok", await store.AskAsync<string>("pragma integrity_check"));
        Assert.Empty((await new Tallies(store.Database, store.Writer).CompareAsync(Cancellation)).Faults);
    }

    [Fact]
    public async Task When_the_disk_becomes_read_only_people_are_asked_to_try_again_until_it_is_not()
    {
        using var disk = await Disk.OfAsync(megabytes: 16);
        await using var store = await Store.OpenAsync(Path.Combine(disk.Folder, "data"), _ => { });
        await store.BeginAsync();
        await store.CloseAsync(); // A disk with files open for writing does not become read-only.
        Assert.True(await disk.RemountAsync("ro"));
        await Assert.ThrowsAsync<StorageUnavailable>(() => Database.OpenAsync(store.Folder, Cancellation));
        Assert.True(await disk.RemountAsync("rw"));

        await store.ReopenAsync();
        Assert.IsType<Kept.Now>(await store.SayAsync("1", SmallFlow.Choose("upstream"), asked: 0));
    }

    /// <summary>Another program that takes the database and keeps it until its input ends.</summary>
    private static async Task<Process> HoldAsync(string folder)
    {
        var child = Process.Start(new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "FossVoices.Benchmarks.dll"), "hold", folder])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("held", await child.StandardOutput.ReadLineAsync(Cancellation));
        return child;
    }

    /// <summary>A small disk in memory.</summary>
    private sealed class Disk(string folder) : IDisposable
    {
        public string Folder => folder;

        public static async Task<Disk> OfAsync(int megabytes)
        {
            Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can mount a small disk.");
            var folder = Directory.CreateTempSubdirectory("fossvoices-disk-").FullName;
            var mounted = await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder);
            if (!mounted)
                Directory.Delete(folder);
            Assert.SkipUnless(mounted, "No small disk can be mounted here.");
            return new Disk(folder);
        }

        public Task<bool> RemountAsync(string how) => RunAsync("mount", "-o", $"remount,{how}", folder);

        public void Dispose()
        {
            using var unmount = Process.Start("umount", ["-l", folder]);
            unmount.WaitForExit();
            Directory.Delete(folder);
        }

        private static async Task<bool> RunAsync(string program, params string[] arguments)
        {
            using var child = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            await child.WaitForExitAsync(Cancellation);
            return child.ExitCode == 0;
        }
    }
}
